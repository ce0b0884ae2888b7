package io.nettrace.edge.portal.record;

import io.nettrace.scan.VantageFaults;
import io.nettrace.scanner.OwnFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Part of a chart's range in which nothing was measured from the vantage point, because of a fault
 * of its own.
 *
 * @param lasts whether the fault has not ended; {@code end} is now then
 */
public record Unmeasured(Instant start, Instant end, boolean lasts) {

  /** Those of a range by the faults of one vantage point, the oldest first; none twice. */
  static List<Unmeasured> within(Span span, List<OwnFault> faults, Instant now) {
    List<Unmeasured> all = new ArrayList<>();
    faults.stream()
        .filter(fault -> fault.kind() == VantageFaults.HIDING)
        .map(fault -> of(span, fault, now))
        .filter(one -> one.start().isBefore(one.end()))
        .sorted(Comparator.comparing(Unmeasured::start))
        .distinct()
        .forEach(all::add);
    return all;
  }

  private static Unmeasured of(Span span, OwnFault fault, Instant now) {
    Instant end = fault.endedAt().orElse(now);
    return new Unmeasured(
        fault.beganAt().isBefore(span.start()) ? span.start() : fault.beganAt(),
        end.isAfter(span.end()) ? span.end() : end,
        fault.endedAt().isEmpty());
  }

  /** Start and end in seconds since 1970, as charts draw them. */
  static List<List<Double>> seconds(List<Unmeasured> all) {
    return all.stream()
        .map(one -> List.of(Curve.seconds(one.start()), Curve.seconds(one.end())))
        .toList();
  }
}
