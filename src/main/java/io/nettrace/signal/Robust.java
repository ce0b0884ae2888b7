package io.nettrace.signal;

import java.util.Arrays;
import java.util.Collection;

/** Statistics that a few wild values do not move. */
final class Robust {
  private Robust() {}

  static double median(Collection<Long> values) {
    return median(values.stream().mapToDouble(Long::doubleValue).toArray());
  }

  /** Median absolute deviation from {@code median}. */
  static double spread(Collection<Long> values, double median) {
    return median(values.stream().mapToDouble(value -> Math.abs(value - median)).toArray());
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing has no median");
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
