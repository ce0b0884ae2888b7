package io.nettrace.edge.portal.record;

import io.nettrace.desk.Horizon;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.plan.Plan;
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
  private static final String BEYOND = "is further back than your plan shows";
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
    String beyond(Horizon horizon) {
      return horizon.reaches(length)
          ? ""
          : horizon.cheapestReaching(length).map(Plan::title).orElse("");
    }
  }

  /** What was asked for, as far back as the plan shows; else the standard, and why. */
  static Span of(
      @Nullable String word,
      @Nullable String start,
      @Nullable String end,
      Horizon horizon,
      AddressParameters parameters) {
    return zoomed(start, end, horizon, parameters)
        .orElseGet(() -> usual(asked(word, horizon, parameters), horizon.now()));
  }

  private static Optional<Span> zoomed(
      @Nullable String start, @Nullable String end, Horizon horizon, AddressParameters parameters) {
    String instead = "the range is not narrowed; it needs a start and an end";
    Optional<Instant> from = parameters.one("start", start, time(start), instead);
    Optional<Instant> until = parameters.one("end", end, time(end), instead);
    if (from.isEmpty() || until.isEmpty()) {
      if (from.isPresent() != until.isPresent()) {
        String given = from.isPresent() ? "start" : "end";
        parameters.instead(
            given, from.or(() -> until).orElseThrow().toString(), "is alone", instead);
      }
      return Optional.empty();
    }
    Instant begin = within("start", from.get(), horizon, parameters);
    Instant stop = within("end", until.get(), horizon, parameters);
    if (Duration.between(begin, stop).compareTo(SHORTEST) < 0) {
      parameters.instead(
          "end",
          until.get().toString(),
          "is not a minute behind the start",
          "the range is not narrowed");
      return Optional.empty();
    }
    return Optional.of(new Span("", begin, stop));
  }

  private static Usual asked(@Nullable String word, Horizon horizon, AddressParameters parameters) {
    String instead = STANDARD.title() + " are shown";
    Optional<Usual> known =
        parameters.one(
            "range",
            word,
            USUAL.stream().filter(one -> one.word().equals(word)).findFirst(),
            instead + "; choose one of the ranges below");
    Optional<Usual> reached = known.filter(one -> horizon.reaches(one.length()));
    if (known.isPresent() && reached.isEmpty()) {
      parameters.instead("range", known.get().word(), BEYOND, instead);
    }
    return reached.orElse(STANDARD);
  }

  private static Span usual(Usual usual, Instant now) {
    Instant stop = now.truncatedTo(ChronoUnit.MILLIS);
    return new Span(usual.word(), stop.minus(usual.length()), stop);
  }

  /** A moment, or the nearest one that the plan shows and that is over. */
  static Instant within(String name, Instant time, Horizon horizon, AddressParameters parameters) {
    Instant now = horizon.now();
    if (time.isAfter(now)) {
      parameters.instead(name, time.toString(), "is still to come", "it is now that is shown");
      return now;
    }
    if (!horizon.shows(time)) {
      Instant earliest = horizon.earliest();
      parameters.instead(
          name,
          time.toString(),
          BEYOND,
          "what is shown begins at " + earliest.truncatedTo(ChronoUnit.SECONDS));
      return earliest;
    }
    return time;
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

  /** This range as the address of a page has it. */
  PageAddress in(PageAddress address) {
    return word.isEmpty()
        ? address.with("start", start).with("end", end)
        : address.with("range", word);
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
