package io.nettrace.lab.engine;

import io.nettrace.lab.packet.LabIcmpError;
import io.nettrace.lab.packet.LabIcmpError.Reason;
import io.nettrace.lab.packet.WireAddress;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.metric.MplsLabel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A router or host on the way: what it adds to a packet's journey, and the errors it sends. */
final class Node {
  final long variationNanos;
  final double lossRatio;
  final boolean silent;
  private final @Nullable RateLimiter limiter;
  private final Map<Reason, LabIcmpError> errors4 = new EnumMap<>(Reason.class);
  private final Map<Reason, LabIcmpError> errors6 = new EnumMap<>(Reason.class);

  private Node(
      long variationNanos,
      double lossRatio,
      boolean silent,
      @Nullable RateLimiter limiter,
      int quoteBytes,
      List<WireAddress> addresses,
      List<MplsLabel> labels) {
    this.variationNanos = variationNanos;
    this.lossRatio = lossRatio;
    this.silent = silent;
    this.limiter = limiter;
    for (WireAddress address : addresses) {
      for (Reason reason : Reason.values()) {
        List<MplsLabel> stack = reason == Reason.TIME_EXCEEDED ? labels : List.of();
        var error = new LabIcmpError(reason, address, quoteBytes, stack);
        (address.isIpv4() ? errors4 : errors6).put(reason, error);
      }
    }
  }

  static Node of(LabRouter router) {
    return new Node(
        LabPath.nanos(router.variationMillis()),
        router.lossRatio(),
        router.silent(),
        router.rateLimit().map(RateLimiter::new).orElse(null),
        router.quoteBytes(),
        router.addresses().stream().map(WireAddress::of).toList(),
        router.labels());
  }

  /** A host, which sends errors from whichever of its addresses was probed. */
  static Node host() {
    return new Node(0, 0, false, null, LabRouter.QUOTE_BYTES, List.of(), List.of());
  }

  /** The error of this reason; null when the node has no address of that IP version. */
  @Nullable LabIcmpError error(Reason reason, boolean ipv4) {
    return (ipv4 ? errors4 : errors6).get(reason);
  }

  boolean mayAnswer(long nowNanos) {
    return limiter == null || limiter.allows(nowNanos);
  }
}
