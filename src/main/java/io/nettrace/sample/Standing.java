package io.nettrace.sample;

import io.nettrace.scan.VantageFaults;
import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a target right now from one vantage point: its newest burst, its newest trace,
 * and the last hour.
 *
 * @param unresolved why it cannot be measured; empty while it can
 * @param ownFault why nothing is known of it from here at present: a fault of the vantage point
 * @param deviation how its newest bursts are unlike its recent past; empty while they are not
 */
public record Standing(
    String targetId,
    VantagePoint vantagePoint,
    Optional<BurstSample> burst,
    Optional<TraceSample> trace,
    Optional<LastHour> lastHour,
    Optional<Unresolved> unresolved,
    boolean stale,
    Optional<String> ownFault,
    Optional<Deviating> deviation) {

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
    UNKNOWN,
    /** Its vantage point has a fault of its own, so nothing is known of the target at present. */
    NOT_MEASURED
  }

  static Standing unknown(String targetId, VantagePoint vantagePoint) {
    return new Standing(
        targetId,
        vantagePoint,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  public Reachability reachability() {
    if (ownFault.isPresent()) {
      return Reachability.NOT_MEASURED;
    }
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
        stale && !isNewer,
        isNewer ? Optional.empty() : ownFault,
        deviation);
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
        stale,
        ownFault,
        deviation);
  }

  Standing unresolved(Optional<Unresolved> why) {
    return new Standing(
        targetId, vantagePoint, burst, trace, lastHour, why, stale, ownFault, deviation);
  }

  Standing stale(boolean old) {
    return old == stale
        ? this
        : new Standing(
            targetId, vantagePoint, burst, trace, lastHour, unresolved, old, ownFault, deviation);
  }

  /** Why it cannot be measured from here, or cannot be told; in words for people. */
  public Optional<String> reason() {
    return ownFault.or(() -> unresolved.map(Unresolved::reason));
  }

  /** Under the faults of its vantage point; one that began before its newest burst is over. */
  Standing under(List<VantageFaults.Fault> faults) {
    Optional<String> why =
        faults.stream()
            .filter(one -> one.vantagePoint().equals(vantagePoint.name()) && one.hidesTargets())
            .filter(
                one -> burst.map(b -> b.observedAt().isBefore(one.fault().beganAt())).orElse(true))
            .map(one -> "not measured from here: " + one.fault().reason())
            .findFirst();
    return why.equals(ownFault)
        ? this
        : new Standing(
            targetId, vantagePoint, burst, trace, lastHour, unresolved, stale, why, deviation);
  }

  Standing deviation(Optional<Deviating> now) {
    return now.equals(deviation)
        ? this
        : new Standing(
            targetId, vantagePoint, burst, trace, lastHour, unresolved, stale, ownFault, now);
  }
}
