package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.geo.Places;
import io.nettrace.metric.Hop;
import io.nettrace.route.PathDiff;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One line of two paths beside each other.
 *
 * @param outcome same, changed, added or removed
 * @param difference of the delay, with its sign; empty unless both answered
 */
public record DiffRow(
    String outcome,
    String mark,
    @Nullable HopRow before,
    @Nullable HopRow after,
    String difference,
    String direction) {

  static DiffRow of(PathDiff.Step step, Places places, boolean simulated) {
    OptionalLong nanos = step.rttNanosDifference();
    return new DiffRow(
        switch (step.outcome()) {
          case SAME -> "same";
          case CHANGED -> "changed";
          case ADDED -> "added";
          case REMOVED -> "removed";
        },
        switch (step.outcome()) {
          case SAME -> "=";
          case CHANGED -> "≠";
          case ADDED -> "+";
          case REMOVED -> "−";
        },
        row(step.before(), places, simulated),
        row(step.after(), places, simulated),
        nanos.isEmpty() ? "" : DisplayFormat.difference(nanos.getAsLong()),
        nanos.isPresent() && nanos.getAsLong() > 0 ? "up" : "down");
  }

  private static @Nullable HopRow row(Optional<Hop> hop, Places places, boolean simulated) {
    return hop.map(one -> HopRow.of(one, places, simulated)).orElse(null);
  }
}
