package io.nettrace.sample;

import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a target right now from one vantage point: its newest burst, its newest trace,
 * and the last hour.
 *
 * @param unresolved why it cannot be measured; empty while it can
 */
public record Standing(
    String targetId,
    VantagePoint vantagePoint,
    Optional<BurstSample> burst,
    Optional<TraceSample> trace,
    Optional<LastHour> lastHour,
    Optional<Unresolved> unresolved,
    boolean stale) {

  /** Its name has no address, or none that may be probed, since then. */
  public record Unresolved(Instant since, String reason) {}

  /** Whether the target answers. */
  public enum Reachability {
    /** Its newest burst was answered, at least in part. */
    REACHABLE,
    /** None of its newest burst was answered. */
    UNREACHABLE,
    /** Its name has no address. */
    UNRESOLVED,
    /** Nothing was measured yet. */
    UNKNOWN
  }

  static Standing unknown(String targetId, VantagePoint vantagePoint) {
    return new Standing(
        targetId,
        vantagePoint,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public Reachability reachability() {
    if (unresolved.isPresent()) {
      return Reachability.UNRESOLVED;
    }
    return burst
        .filter(b -> b.sent() > 0)
        .map(b -> b.received() > 0 ? Reachability.REACHABLE : Reachability.UNREACHABLE)
        .orElse(Reachability.UNKNOWN);
  }

  /** When the newest measurement began. */
  public Optional<Instant> observedAt() {
    return Stream.concat(
            burst.map(BurstSample::observedAt).stream(),
            trace.map(TraceSample::observedAt).stream())
        .max(Instant::compareTo);
  }

  Standing with(BurstSample newer, Optional<LastHour> hour) {
    boolean isNewer = burst.isEmpty() || newer.observedAt().isAfter(burst.get().observedAt());
    boolean resolves = unresolved.isEmpty() || newer.observedAt().isAfter(unresolved.get().since());
    return new Standing(
        targetId,
        vantagePoint,
        isNewer ? Optional.of(newer) : burst,
        trace,
        hour,
        resolves ? Optional.empty() : unresolved,
        stale && !isNewer);
  }

  Standing with(TraceSample newer) {
    boolean isNewer = trace.isEmpty() || newer.observedAt().isAfter(trace.get().observedAt());
    return new Standing(
        targetId,
        vantagePoint,
        burst,
        isNewer ? Optional.of(newer) : trace,
        lastHour,
        unresolved,
        stale);
  }

  Standing unresolved(Optional<Unresolved> why) {
    return new Standing(targetId, vantagePoint, burst, trace, lastHour, why, stale);
  }

  Standing stale(boolean old) {
    return old == stale
        ? this
        : new Standing(targetId, vantagePoint, burst, trace, lastHour, unresolved, old);
  }
}
