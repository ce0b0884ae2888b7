package io.nettrace.edge.portal.record;

import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.platform.time.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The range of time that a page shows: a usual one until now, or one that was zoomed into.
 *
 * @param word of the usual one; empty for another
 */
record Span(String word, Instant start, Instant end) {
  /** The usual ones. */
  static final List<Usual> USUAL =
      List.of(
          new Usual("1h", "1 hour", Duration.ofHours(1)),
          new Usual("6h", "6 hours", Duration.ofHours(6)),
          new Usual("24h", "24 hours", Duration.ofHours(24)),
          new Usual("7d", "7 days", Duration.ofDays(7)),
          new Usual("30d", "30 days", Duration.ofDays(30)),
          new Usual("90d", "90 days", Duration.ofDays(90)),
          new Usual("365d", "1 year", Duration.ofDays(365)));

  private static final Usual STANDARD = USUAL.get(2);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int MOST_BUCKETS = 500;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  /** A range that many want. */
  record Usual(String word, String title, Duration length) {
    /** Title of the plan that reaches so far back when this one does not; else empty. */
    String beyond(Plan plan, Plans plans) {
      return length.compareTo(plan.history()) <= 0
          ? ""
          : plans.cheapestWithHistory(length).map(Plan::title).orElse("");
    }
  }

  /**
   * What was asked for, as far back as the plan shows; what cannot be understood is the standard.
   */
  static Span of(
      @Nullable String word, @Nullable String start, @Nullable String end, Plan plan, Instant now) {
    Instant earliest = now.minus(plan.history());
    Optional<Instant> from = time(start);
    Optional<Instant> until = time(end);
    if (from.isPresent() && until.isPresent()) {
      Instant stop = until.get().isAfter(now) ? now : until.get();
      Instant begin = from.get().isBefore(earliest) ? earliest : from.get();
      if (Duration.between(begin, stop).compareTo(SHORTEST) >= 0) {
        return new Span("", begin, stop);
      }
    }
    Usual usual =
        USUAL.stream()
            .filter(one -> one.word().equals(word))
            .filter(one -> one.length().compareTo(plan.history()) <= 0)
            .findFirst()
            .orElse(STANDARD);
    Instant stop = now.truncatedTo(ChronoUnit.MILLIS);
    return new Span(usual.word(), stop.minus(usual.length()), stop);
  }

  /** An instant as addresses have it; a date and time without a zone is UTC. */
  static Optional<Instant> time(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    String whole = text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})$") ? text : text + "Z";
    return TimeText.parse(whole) instanceof TimeText.Good(Instant time)
        ? Optional.of(time)
        : Optional.empty();
  }

  /** Length of buckets, so that there are enough to see and few enough to draw. */
  Duration step() {
    long length = Duration.between(start, end).toMillis();
    return STEPS.stream()
        .filter(step -> length / step.toMillis() <= MOST_BUCKETS)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  /** Where its buckets begin, in seconds since 1970; the first may begin before the range does. */
  List<Long> times() {
    long seconds = step().toSeconds();
    long first = Math.floorDiv(start.getEpochSecond(), seconds) * seconds;
    return LongStream.iterate(first, time -> time < end.getEpochSecond(), time -> time + seconds)
        .boxed()
        .toList();
  }
}
