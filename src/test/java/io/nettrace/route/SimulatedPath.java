package io.nettrace.route;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A path to one target as a generator knows it: what a trace over it shows is partly chance. */
final class SimulatedPath {
  private static final double LOSS = 0.03;
  private static final double REFUSED_BY_RATE_LIMIT = 0.3;

  /** How a router answers. */
  enum Manner {
    PLAIN,
    SILENT,
    RATE_LIMITED,
    /** Each flow has its member; the path's own flow always meets the first. */
    BALANCED_BY_FLOW,
    /** Each packet meets any member. */
    BALANCED_BY_PACKET
  }

  private record Router(Manner manner, List<InetAddress> members) {}

  private final List<Router> routers;
  private final InetAddress target;

  private SimulatedPath(List<Router> routers, InetAddress target) {
    this.routers = routers;
    this.target = target;
  }

  static SimulatedPath random(RandomGenerator random, Addresses addresses) {
    List<Router> routers = new ArrayList<>();
    int length = random.nextInt(8, 22);
    for (int i = 0; i < length; i++) {
      routers.add(router(random, addresses));
    }
    return new SimulatedPath(routers, addresses.next());
  }

  /** The same target by other routers from some hop on, for a while; often of another length. */
  SimulatedPath flipped(RandomGenerator random, Addresses addresses) {
    List<Router> detour = new ArrayList<>(routers);
    int from = random.nextInt(1, routers.size() - 2);
    int replaced = random.nextInt(2, Math.max(3, routers.size() - from));
    detour.subList(from, Math.min(routers.size(), from + replaced)).clear();
    // two routers that answer, so that there is something to see
    detour.add(from, new Router(Manner.PLAIN, List.of(addresses.next())));
    detour.add(from, new Router(Manner.PLAIN, List.of(addresses.next())));
    for (int i = random.nextInt(4); i > 0; i--) {
      detour.add(from, router(random, addresses));
    }
    return new SimulatedPath(detour, target);
  }

  /** What a trace shows whose first {@code hopsBefore} hops were probed before the flip. */
  Trace trace(Instant at, RandomGenerator random, SimulatedPath before, int hopsBefore) {
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < routers.size(); i++) {
      Router router =
          i < hopsBefore && i < before.routers.size() ? before.routers.get(i) : routers.get(i);
      hops.add(hop(i + 1, router, random));
    }
    boolean reached = random.nextDouble() >= LOSS;
    if (reached) {
      hops.add(new Hop(routers.size() + 1, HopState.DESTINATION, List.of(reply(target))));
    } else {
      while (!hops.isEmpty() && hops.getLast().state() == HopState.SILENT) {
        hops.removeLast();
      }
    }
    return new Trace(
        at,
        target,
        Protocol.ICMP,
        ProbeMode.RAW,
        hops,
        reached ? TraceEnd.DESTINATION_REACHED : TraceEnd.SILENCE);
  }

  Trace trace(Instant at, RandomGenerator random) {
    return trace(at, random, this, 0);
  }

  int length() {
    return routers.size();
  }

  private static Router router(RandomGenerator random, Addresses addresses) {
    double kind = random.nextDouble();
    Manner manner =
        kind < 0.10
            ? Manner.SILENT
            : kind < 0.20
                ? Manner.RATE_LIMITED
                : kind < 0.26
                    ? Manner.BALANCED_BY_FLOW
                    : kind < 0.30 ? Manner.BALANCED_BY_PACKET : Manner.PLAIN;
    List<InetAddress> members = new ArrayList<>(List.of(addresses.next()));
    if (manner == Manner.BALANCED_BY_FLOW || manner == Manner.BALANCED_BY_PACKET) {
      members.add(addresses.next());
    }
    return new Router(manner, members);
  }

  private static Hop hop(int ttl, Router router, RandomGenerator random) {
    boolean lost = random.nextDouble() < LOSS;
    return switch (router.manner) {
      case SILENT -> Hop.silent(ttl);
      case RATE_LIMITED ->
          lost || random.nextDouble() < REFUSED_BY_RATE_LIMIT
              ? Hop.silent(ttl)
              : new Hop(ttl, HopState.RATE_LIMITED, List.of(reply(router.members.getFirst())));
      case PLAIN -> lost ? Hop.silent(ttl) : answered(ttl, List.of(router.members.getFirst()));
      case BALANCED_BY_FLOW ->
          lost ? Hop.silent(ttl) : answered(ttl, sometimes(router.members, random));
      case BALANCED_BY_PACKET ->
          lost ? Hop.silent(ttl) : answered(ttl, byPacket(router.members, random));
    };
  }

  /** Extra flows show the other members in most traces, not in all. */
  private static List<InetAddress> sometimes(List<InetAddress> members, RandomGenerator random) {
    return random.nextDouble() < 0.7 ? members : members.subList(0, 1);
  }

  private static List<InetAddress> byPacket(List<InetAddress> members, RandomGenerator random) {
    List<InetAddress> shuffled =
        random.nextBoolean() ? members : List.of(members.getLast(), members.getFirst());
    return random.nextDouble() < 0.9 ? shuffled : shuffled.subList(0, 1);
  }

  private static Hop answered(int ttl, List<InetAddress> addresses) {
    return new Hop(
        ttl,
        addresses.size() > 1 ? HopState.BALANCED : HopState.ANSWERED,
        addresses.stream().map(SimulatedPath::reply).toList());
  }

  private static HopReply reply(InetAddress address) {
    return new HopReply(address, 1_000_000, List.of());
  }

  /** Hands out addresses of the benchmarking range, each once. */
  static final class Addresses {
    private int next;

    InetAddress next() {
      int i = next++;
      try {
        return InetAddress.getByAddress(
            new byte[] {(byte) 198, (byte) (18 + (i >> 16)), (byte) (i >> 8), (byte) i});
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
