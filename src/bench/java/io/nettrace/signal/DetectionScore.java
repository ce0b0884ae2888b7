package io.nettrace.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Detections of one trace held against its labels, as in Shao et al., "One-to-One Matching of RTT
 * and Path Changes" (ITC 29, 2017): a detection matches one label at most two samples away, the
 * matching has most pairs and then least distance, and a label weighs as much as its change is
 * large and lasting.
 *
 * @param pairs detection and label, both ascending
 * @param falseOnes detections without a label
 * @param missed labels without a detection
 * @param weightedRecall weight of the labels found of the weight of all
 */
record DetectionScore(List<Pair> pairs, int falseOnes, int missed, double weightedRecall) {
  /** A detection and the label that it matches. */
  record Pair(int detection, int label) {}

  private record Matching(int pairs, int distance) {
    boolean isBetterThan(Matching other) {
      return pairs > other.pairs || (pairs == other.pairs && distance < other.distance);
    }
  }

  private static final int WINDOW = 2;
  private static final double TIMEOUT_MILLIS = 1_000;
  private static final double SHORTEST_LASTING = 3;

  static DetectionScore of(LabelledTrace trace, List<Integer> detections) {
    List<Integer> found = detections.stream().sorted().toList();
    List<Pair> pairs = match(found, trace.changes());
    double[] weights = weights(trace);
    double matched = 0;
    for (Pair pair : pairs) {
      matched += weights[trace.changes().indexOf(pair.label())];
    }
    double all = Arrays.stream(weights).sum();
    return new DetectionScore(
        pairs,
        found.size() - pairs.size(),
        trace.changes().size() - pairs.size(),
        all == 0 ? 0 : matched / all);
  }

  double precision() {
    return pairs.isEmpty() ? 0 : (double) pairs.size() / (pairs.size() + falseOnes);
  }

  double f2w() {
    return pairs.isEmpty()
        ? 0
        : 5 * precision() * weightedRecall / (4 * precision() + weightedRecall);
  }

  /** On a line a best matching never crosses, so that the best of the prefixes says the best. */
  private static List<Pair> match(List<Integer> detections, List<Integer> labels) {
    Matching[][] best = new Matching[detections.size() + 1][labels.size() + 1];
    for (int i = 0; i <= detections.size(); i++) {
      for (int j = 0; j <= labels.size(); j++) {
        best[i][j] = new Matching(0, 0);
        if (i > 0 && j > 0) {
          int distance = Math.abs(detections.get(i - 1) - labels.get(j - 1));
          best[i][j] = better(best[i - 1][j], best[i][j - 1]);
          if (distance <= WINDOW) {
            Matching before = best[i - 1][j - 1];
            best[i][j] =
                better(new Matching(before.pairs() + 1, before.distance() + distance), best[i][j]);
          }
        }
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int i = detections.size();
    int j = labels.size();
    while (i > 0 && j > 0) {
      if (best[i][j].equals(best[i - 1][j])) {
        i--;
      } else if (best[i][j].equals(best[i][j - 1])) {
        j--;
      } else {
        pairs.addFirst(new Pair(detections.get(--i), labels.get(--j)));
      }
    }
    return pairs;
  }

  private static Matching better(Matching one, Matching other) {
    return other.isBetterThan(one) ? other : one;
  }

  private static double[] weights(LabelledTrace trace) {
    double[] millis =
        trace.rttMillis().stream().mapToDouble(rtt -> rtt.orElse(TIMEOUT_MILLIS)).toArray();
    List<Integer> changes = trace.changes();
    double[] weights = new double[changes.size()];
    for (int i = 0; i < weights.length; i++) {
      int from = i == 0 ? 0 : changes.get(i - 1);
      int at = changes.get(i);
      int to = i + 1 == weights.length ? millis.length : changes.get(i + 1);
      double[] before = Arrays.copyOfRange(millis, from, at);
      double[] after = Arrays.copyOfRange(millis, at, to);
      double lasting = Math.log((to - at) / SHORTEST_LASTING) / Math.log(2);
      weights[i] =
          Math.max(lasting, 0)
              * (Math.abs(median(after) - median(before))
                  + Math.abs(deviation(after) - deviation(before)));
    }
    return weights;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values)
            .map(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }
}
