package io.nettrace.edge.front;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests are taken in, slow ones included: over all, of strangers, and of each
 * stranger's address (of IPv6, its /64).
 */
final class Occupancy {
  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final int mostPerAddress;
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger strangers = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  enum Outcome {
    ENTERED,
    FULL,
    TOO_MANY_OF_ADDRESS
  }

  Occupancy(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** After {@link Outcome#ENTERED}, {@link #leave} has to be called once with the same words. */
  Outcome enter(String address, boolean isKnown) {
    if (isKnown) {
      return take(all, most) ? Outcome.ENTERED : Outcome.FULL;
    }
    if (!take(byAddress, network(address))) {
      return Outcome.TOO_MANY_OF_ADDRESS;
    }
    if (!take(strangers, most / 2)) {
      give(network(address));
      return Outcome.FULL;
    }
    if (!take(all, most)) {
      strangers.decrementAndGet();
      give(network(address));
      return Outcome.FULL;
    }
    return Outcome.ENTERED;
  }

  void leave(String address, boolean isKnown) {
    all.decrementAndGet();
    if (!isKnown) {
      strangers.decrementAndGet();
      give(network(address));
    }
  }

  int inside() {
    return all.get();
  }

  private static boolean take(AtomicInteger taken, int most) {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  private boolean take(ConcurrentHashMap<String, Integer> taken, String network) {
    boolean[] had = new boolean[1];
    taken.compute(
        network,
        (_, count) -> {
          int now = count == null ? 0 : count;
          had[0] = now < mostPerAddress;
          return had[0] ? Integer.valueOf(now + 1) : count;
        });
    return had[0];
  }

  private void give(String network) {
    byAddress.computeIfPresent(network, (_, count) -> count <= 1 ? null : count - 1);
  }

  private static String network(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    return HexFormat.of()
        .formatHex(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
