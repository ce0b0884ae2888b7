package io.nettrace.prober.cli;

import io.nettrace.prober.Resolver;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Names of hops, each asked for once. */
final class HopNames {
  private final Resolver resolver;
  private final Map<InetAddress, Optional<String>> names = new HashMap<>();

  HopNames(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Starts all questions at once, so that a table waits for the slowest only. */
  void ask(Iterable<InetAddress> addresses) {
    Map<InetAddress, CompletableFuture<Optional<String>>> pending = new HashMap<>();
    for (InetAddress address : addresses) {
      if (!names.containsKey(address)) {
        pending.computeIfAbsent(address, resolver::nameOf);
      }
    }
    pending.forEach((address, name) -> names.put(address, name.join()));
  }

  Optional<String> of(InetAddress address) {
    return names.getOrDefault(address, Optional.empty());
  }
}
