package io.nettrace.prober.strategy;

import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The paths used most lately, up to a bound. */
final class PathMemory {
  private record Key(InetAddress address, Protocol protocol, int port) {}

  private final Map<Key, TracePath> paths;

  PathMemory(int limit) {
    paths =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, TracePath> eldest) {
            return size() > limit;
          }
        };
  }

  /** A filtered port says nothing of an open one, so ports share no memory; ICMP has none. */
  TracePath to(InetAddress address, Protocol protocol, int port) {
    Key key = new Key(address, protocol, protocol == Protocol.ICMP ? 0 : port);
    return paths.computeIfAbsent(key, _ -> new TracePath());
  }
}
