package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.platform.Durations;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import java.time.Duration;
import java.util.List;

/** How long the buckets of a series are: given, or chosen to fit. */
final class BucketLength {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MOST_WHEN_CHOSEN = 500;
  private static final List<Duration> CHOICES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private BucketLength() {}

  static Duration of(String text, Selection selection) {
    Duration step = text.equals("auto") ? chosen(selection) : parsed(text);
    long buckets = History.buckets(selection, step);
    if (buckets > History.MOST_BUCKETS) {
      throw BadRequests.parameter(
          "step",
          "makes %d points of this range; at most %d, so choose a longer step or a shorter range"
              .formatted(buckets, History.MOST_BUCKETS));
    }
    return step;
  }

  private static Duration chosen(Selection selection) {
    return CHOICES.stream()
        .filter(step -> History.buckets(selection, step) <= MOST_WHEN_CHOSEN)
        .findFirst()
        .orElse(CHOICES.getLast());
  }

  private static Duration parsed(String text) {
    try {
      Duration step = Durations.parse(text);
      if (step.compareTo(History.SHORTEST_STEP) >= 0
          && step.compareTo(LONGEST) <= 0
          && step.toMillisPart() == 0) {
        return step;
      }
    } catch (IllegalArgumentException e) {
      // refused below, like one out of range
    }
    throw BadRequests.parameter(
        "step", "must be auto, or whole seconds as in 60s, 15m, 1h, 1d; at most 366d");
  }
}
