package io.nettrace.scan;

import io.nettrace.catalog.Schedule;
import io.nettrace.catalog.ScheduledTarget;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import java.time.Duration;
import java.time.Instant;

/** What can be believed of a measurement; scanners may be old, broken, or have a wrong clock. */
final class Plausibility {
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final long LONGEST_DELAY_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int MOST_PROBES = 100_000;
  private static final int MOST_HOPS = 64;
  private static final int MOST_REPLIES = 64;
  private static final int MOST_ADDRESSES = 256;
  private static final int MOST_OF_BYTE = 255;

  private final AssignmentPolicy policy;
  private final Targets targets;
  private final Schedule schedule;
  private final Instant oldest;
  private final Instant newest;

  Plausibility(
      AssignmentPolicy policy, Targets targets, Schedule schedule, Instant now, Instant oldest) {
    this.policy = policy;
    this.targets = targets;
    this.schedule = schedule;
    this.oldest = oldest;
    this.newest = now.plus(CLOCK_TOLERANCE);
  }

  boolean believes(MeasuredBurst measured) {
    Burst burst = measured.burst();
    return isTarget(measured.targetId(), measured.host())
        && isTime(burst.startedAt())
        && burst.sent() <= MOST_PROBES
        && burst.sendFailures() >= 0
        && burst.histogram().count() == burst.received()
        && areLosses(burst)
        && burst.delays().map(Plausibility::isOrdered).orElse(true);
  }

  boolean believes(MeasuredTrace measured) {
    Trace trace = measured.trace();
    return isTarget(measured.targetId(), measured.host())
        && isTime(trace.startedAt())
        && trace.hopCount() <= MOST_HOPS
        && (!trace.reached() || trace.hopCount() > 0)
        && trace.hops().stream().allMatch(Plausibility::isHop);
  }

  boolean believes(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved(String targetId, var answers) ->
          isTarget(targetId, answers.host())
              && isTime(answers.resolvedAt())
              && !answers.addresses().isEmpty()
              && answers.addresses().size() <= MOST_ADDRESSES
              && !answers.ttl().isNegative();
      case Resolution.Failed(String targetId, String host, Instant at, String _) ->
          isTarget(targetId, host) && isTime(at);
    };
  }

  boolean believes(OwnFault fault) {
    return isTime(fault.beganAt())
        && fault.endedAt().map(end -> isTime(end) && !end.isBefore(fault.beganAt())).orElse(true)
        && fault.targets() >= 0;
  }

  /** Whether it is in the assignment of the vantage point, under that name. */
  private boolean isTarget(String id, String host) {
    return targets
        .byId(id)
        .filter(_ -> policy.measuresCatalogue())
        .map(Target::host)
        .or(() -> schedule.find(id).filter(policy::measures).map(ScheduledTarget::host))
        .filter(host::equalsIgnoreCase)
        .isPresent();
  }

  private boolean isTime(Instant time) {
    return !time.isBefore(oldest) && !time.isAfter(newest);
  }

  /** No more reasons than there is to explain. */
  private static boolean areLosses(Burst burst) {
    return burst.losses().size() <= LossReason.MOST_OF_BURST
        && burst.losses().stream().allMatch(Plausibility::isLoss)
        && burst.losses().stream().mapToInt(LossReason::probes).sum()
            <= burst.sent() - burst.received();
  }

  private static boolean isLoss(LossReason loss) {
    return loss.probes() > 0
        && loss.probes() <= MOST_PROBES
        && loss.refusal().map(Plausibility::isIcmp).orElse(true);
  }

  private static boolean isIcmp(Refusal refusal) {
    return isByte(refusal.icmpType()) && isByte(refusal.icmpCode());
  }

  private static boolean isByte(int value) {
    return value >= 0 && value <= MOST_OF_BYTE;
  }

  private static boolean isHop(Hop hop) {
    return hop.replies().size() <= MOST_REPLIES
        && hop.replies().stream().mapToLong(HopReply::rttNanos).allMatch(Plausibility::isDelay);
  }

  private static boolean isOrdered(DelaySummary delays) {
    return isDelay(delays.minNanos())
        && delays.minNanos() <= delays.p50Nanos()
        && delays.p50Nanos() <= delays.p90Nanos()
        && delays.p90Nanos() <= delays.p95Nanos()
        && delays.p95Nanos() <= delays.p99Nanos()
        && delays.p99Nanos() <= delays.maxNanos()
        && delays.minNanos() <= delays.meanNanos()
        && delays.meanNanos() <= delays.maxNanos()
        && isDelay(delays.maxNanos());
  }

  private static boolean isDelay(long nanos) {
    return nanos >= 0 && nanos <= LONGEST_DELAY_NANOS;
  }
}
