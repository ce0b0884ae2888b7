package io.nettrace.prober;

import java.util.List;
import java.util.Locale;

/** Medians with the range of the repeats behind them. */
final class Medians {
  private Medians() {}

  static double percentile(List<Double> values, double percentile) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) ((sorted.size() - 1) * percentile / 100));
  }

  static String text(String format, List<Double> values) {
    if (values.isEmpty()) {
      return "-";
    }
    String median = String.format(Locale.ROOT, format, percentile(values, 50));
    return values.size() == 1
        ? median
        : String.format(
            Locale.ROOT,
            "%s (" + format + "-" + format + ")",
            median,
            percentile(values, 0),
            percentile(values, 100));
  }
}
