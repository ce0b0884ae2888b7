package io.nettrace.export;

import io.nettrace.target.Target;
import java.time.Instant;
import java.util.List;

/**
 * What an export shall hold: the bursts of some targets from one vantage point, from {@code start}
 * until before {@code end}, as they were known at {@code asOf}.
 */
public record ExportOrder(
    List<Target> targets,
    String vantagePoint,
    boolean simulated,
    Instant start,
    Instant end,
    Instant asOf,
    Format format,
    Compression compression) {

  public static final int MOST_TARGETS = 500;

  public ExportOrder {
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
      throw new IllegalArgumentException("an export has 1 to " + MOST_TARGETS + " targets");
    }
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an export starts before it ends");
    }
  }

  String fileName(Target target) {
    String suffix = format == Format.PARQUET ? "" : compression.suffix();
    return target.id() + "." + format.extension() + suffix;
  }
}
