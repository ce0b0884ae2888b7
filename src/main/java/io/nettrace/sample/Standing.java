package io.nettrace.sample;

import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a target right now from one vantage point: its newest burst, its newest trace,
 * and the last hour.
 *
 * @param unresolvedSince when its name stopped resolving; empty while it resolves
 */
public record Standing(
    String targetId,
    VantagePoint vantagePoint,
    Optional<BurstSample> burst,
    Optional<TraceSample> trace,
    Optional<LastHour> lastHour,
    Optional<Instant> unresolvedSince,
    boolean stale) {

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
    if (unresolvedSince.isPresent()) {
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
    boolean resolves =
        unresolvedSince.isEmpty() || newer.observedAt().isAfter(unresolvedSince.get());
    return new Standing(
        targetId,
        vantagePoint,
        isNewer ? Optional.of(newer) : burst,
        trace,
        hour,
        resolves ? Optional.empty() : unresolvedSince,
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
        unresolvedSince,
        stale);
  }

  Standing unresolved(Optional<Instant> since) {
    return new Standing(targetId, vantagePoint, burst, trace, lastHour, since, stale);
  }

  Standing stale(boolean old) {
    return old == stale
        ? this
        : new Standing(targetId, vantagePoint, burst, trace, lastHour, unresolvedSince, old);
  }
}
