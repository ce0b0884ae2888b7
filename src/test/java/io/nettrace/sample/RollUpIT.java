package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.TestRecord.Drawn;
import io.nettrace.scanner.MeasuredBurst;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollUpIT {
  private static final Instant START = Instant.parse("2026-02-27T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(4));
  private static final Instant LATER = END.plus(Duration.ofDays(2));
  private static final double STATED_ERROR = 0.001;
  private static final double RESOLUTION_NANOS = 1_000;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(7),
          Duration.ofDays(1),
          Duration.ofDays(3));

  private final TestRecord record = new TestRecord();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 2026})
  void whatIsReadIsTheSameAsFromAllProbesHoweverMuchIsRolledUp(long seed) {
    Random random = new Random(seed);
    List<Drawn> stored = new ArrayList<>(TestRecord.draw(random, START, END, 1_500));
    record.store(END, measured(stored));
    compare(random, stored, "single bursts");

    record.upkeep(START.plus(Duration.ofHours(61))).upkeep();
    compare(random, stored, "half rolled up");

    record.upkeep(LATER).upkeep();
    compare(random, stored, "rolled up");
    assertThat(record.count("catalog.hours_due") + record.count("catalog.days_due")).isZero();

    List<Drawn> late = TestRecord.draw(random, START, END, 25);
    record.store(LATER, measured(late));
    stored.addAll(late);
    compare(random, stored, "late ones not rolled up");

    record.upkeep(LATER).upkeep();
    compare(random, stored, "late ones rolled up");
  }

  @Test
  void aLongRangeIsReadFromRollUpsAndNotFromSingleBursts() {
    List<Drawn> stored = TestRecord.draw(new Random(1), START, END, 300);
    record.store(END, measured(stored));
    record.upkeep(LATER).upkeep();
    record.execute("delete from catalog.bursts");
    check(read(START, END), model(stored, START, END), "from days");
    record.execute("delete from catalog.burst_hours");
    check(read(START, END), model(stored, START, END), "from days");
    Instant noon = START.plus(Duration.ofHours(12));
    assertThat(record.history().summary(record.selection(noon, END), Optional.empty()))
        .get()
        .extracting(Aggregate::bursts)
        .isEqualTo(model(stored, START.plus(Duration.ofDays(1)), END).bursts.size());
  }

  private static List<MeasuredBurst> measured(List<Drawn> drawn) {
    return drawn.stream().map(Drawn::measured).toList();
  }

  private void compare(Random random, List<Drawn> stored, String when) {
    for (int i = 0; i < 12; i++) {
      Instant a = moment(random, i);
      Instant b = moment(random, i);
      Instant start = a.isBefore(b) ? a : b;
      Instant end = a.isBefore(b) ? b : a;
      check(read(start, end), model(stored, start, end), when + ", " + start + " to " + end);
      compareSeries(stored, start, end, STEPS.get(i % STEPS.size()), when);
    }
  }

  /** Ranges that cut hours, and ranges that do not. */
  private static Instant moment(Random random, int i) {
    long seconds = random.nextLong(Duration.between(START, END).toSeconds() + 1);
    return START.plusSeconds(
        switch (i % 3) {
          case 0 -> seconds;
          case 1 -> seconds / 3600 * 3600;
          default -> (seconds + 43_200) / 86_400 * 86_400;
        });
  }

  private Optional<Aggregate> read(Instant start, Instant end) {
    return record.history().summary(record.selection(start, end), Optional.empty());
  }

  private void compareSeries(
      List<Drawn> stored, Instant start, Instant end, Duration step, String when) {
    Map<Instant, Model> expected = new TreeMap<>();
    for (Drawn each : model(stored, start, end).bursts) {
      long bucket = each.burst().startedAt().getEpochSecond() / step.toSeconds();
      expected
          .computeIfAbsent(
              Instant.ofEpochSecond(bucket * step.toSeconds()), _ -> new Model(new ArrayList<>()))
          .bursts
          .add(each);
    }
    List<Aggregate> series =
        record.history().series(record.selection(start, end), step, Optional.empty());
    assertThat(series.stream().map(Aggregate::start)).containsExactlyElementsOf(expected.keySet());
    for (Aggregate bucket : series) {
      Model model = expected.getOrDefault(bucket.start(), new Model(List.of()));
      check(Optional.of(bucket), model, when + ", " + step + " from " + bucket.start());
    }
  }

  private record Model(List<Drawn> bursts) {
    long[] delays() {
      return bursts.stream().flatMapToLong(Drawn::delays).sorted().toArray();
    }

    LongStream of(java.util.function.ToLongFunction<Burst> number) {
      return bursts.stream().map(Drawn::burst).mapToLong(number);
    }

    LongStream summaries(java.util.function.ToLongFunction<DelaySummary> number) {
      return bursts.stream().flatMap(b -> b.burst().delays().stream()).mapToLong(number);
    }
  }

  private static Model model(List<Drawn> stored, Instant start, Instant end) {
    return new Model(
        stored.stream()
            .filter(b -> !b.burst().startedAt().isBefore(start))
            .filter(b -> b.burst().startedAt().isBefore(end))
            .toList());
  }

  private static void check(Optional<Aggregate> read, Model model, String when) {
    if (model.bursts.isEmpty()) {
      assertThat(read).as(when).isEmpty();
      return;
    }
    Aggregate found = read.orElseThrow(() -> new AssertionError("nothing read: " + when));
    assertThat(found.bursts()).as(when).isEqualTo(model.bursts.size());
    assertThat(found.sent()).as(when).isEqualTo(model.of(Burst::sent).sum());
    assertThat(found.received()).as(when).isEqualTo(model.of(Burst::received).sum());
    long[] delays = model.delays();
    if (delays.length == 0) {
      assertThat(found.percentileNanos(50)).as(when).isEmpty();
      assertThat(found.meanNanos()).as(when).isEmpty();
      return;
    }
    assertThat(found.minNanos())
        .as(when)
        .hasValue(model.summaries(DelaySummary::minNanos).min().orElseThrow());
    assertThat(found.maxNanos())
        .as(when)
        .hasValue(model.summaries(DelaySummary::maxNanos).max().orElseThrow());
    for (double percentile : new double[] {0, 1, 25, 50, 90, 99, 99.9, 100}) {
      int rank = (int) Math.ceil(percentile * delays.length / 100 - 1e-9);
      double exact = delays[Math.max(0, rank - 1)];
      assertThat((double) found.percentileNanos(percentile).orElseThrow())
          .as("%s, p%s of %s", when, percentile, delays.length)
          .isCloseTo(exact, within(exact * STATED_ERROR + RESOLUTION_NANOS));
    }
  }
}
