package io.nettrace.testing;

import java.util.Arrays;
import java.util.Collection;

/** What so many of a hundred stayed below. */
public final class Percentiles {
  private final double[] sorted;

  public Percentiles(Collection<? extends Number> values) {
    sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  public double at(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  public double median() {
    return at(50);
  }

  public int count() {
    return sorted.length;
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
