package io.nettrace.scanner.cycle;

import io.nettrace.metric.Burst;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Says whether a burst differs from the recent past of its target so much that the path deserves a
 * look. Causal and robust: the past is judged by median and median absolute deviation, a difference
 * must be large against both the usual spread and the delay itself, and a deviating burst joins the
 * past, so that a new normal is reported once and not for ever.
 */
final class DeviationDetector {
  static final int WINDOW = 20;
  static final int ENOUGH = 5;

  /** Median absolute deviations that a difference must exceed. */
  private static final double SPREADS = 6;

  private static final double SHARE_OF_MEDIAN = 0.05;
  private static final long LEAST_NANOS = 500_000;
  private static final double LOSS_STEP = 0.3;

  private final Deque<Double> medians = new ArrayDeque<>();
  private final Deque<Double> losses = new ArrayDeque<>();

  /** Judges {@code burst} against the bursts before it, then remembers it. */
  boolean deviates(Burst burst) {
    boolean delay = burst.delays().map(d -> delayDeviates(d.p50Nanos())).orElse(false);
    boolean loss = burst.lossRatio().map(this::lossDeviates).orElse(false);
    burst.delays().ifPresent(d -> remember(medians, (double) d.p50Nanos()));
    burst.lossRatio().ifPresent(ratio -> remember(losses, ratio));
    return delay || loss;
  }

  private boolean delayDeviates(long nanos) {
    if (medians.size() < ENOUGH) {
      return false;
    }
    double median = median(medians.stream().mapToDouble(d -> d).toArray());
    double spread = median(medians.stream().mapToDouble(d -> Math.abs(d - median)).toArray());
    double gate = Math.max(Math.max(SPREADS * spread, SHARE_OF_MEDIAN * median), LEAST_NANOS);
    return Math.abs(nanos - median) > gate;
  }

  private boolean lossDeviates(double ratio) {
    return losses.size() >= ENOUGH
        && ratio - median(losses.stream().mapToDouble(d -> d).toArray()) >= LOSS_STEP;
  }

  private static void remember(Deque<Double> past, double value) {
    past.addLast(value);
    if (past.size() > WINDOW) {
      past.removeFirst();
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
