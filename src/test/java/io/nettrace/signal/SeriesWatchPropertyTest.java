package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesWatchPropertyTest {
  private static final int STATIONARY_BURSTS = 20_000;

  /** One in this many bursts of a stationary series may be taken for the begin of a deviation. */
  private static final int BURSTS_PER_FALSE_ALARM = 10_000;

  /** One in this many may be shown as being checked. */
  private static final int BURSTS_PER_SUSPICION = 100;

  private static final int STEPS = 200;
  private static final int WARM_UP = 40;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void noiseWithAHeavyTailIsNoDeviation(long seed) {
    int opened = 0;
    for (double noiseMillis : new double[] {0.05, 0.5, 3, 20}) {
      Bursts bursts = new Bursts(seed, noiseMillis);
      SeriesWatch watch = new SeriesWatch();
      for (int i = 0; i < STATIONARY_BURSTS; i++) {
        opened += opened(watch.observe(bursts.next(20, 0.01))).size();
      }
    }
    System.out.printf("seed %d: %d of %d bursts%n", seed, opened, 4 * STATIONARY_BURSTS);
    assertThat(opened).isLessThanOrEqualTo(4 * STATIONARY_BURSTS / BURSTS_PER_FALSE_ALARM);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void aStepOfDelayIsFoundWithinSixBurstsAndDatedToItsFirst(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    int dated = 0;
    for (int i = 0; i < STEPS; i++) {
      double millis = random.nextDouble(5, 200);
      double step = Math.max(2, millis * random.nextDouble(0.1, 0.5));
      double sign = random.nextBoolean() ? 1 : -1;
      Bursts bursts = new Bursts(random.nextLong(), millis * 0.005);
      SeriesWatch watch = new SeriesWatch();
      for (int k = 0; k < WARM_UP; k++) {
        watch.observe(bursts.next(millis, 0));
      }
      Observation first = bursts.next(millis + sign * step, 0);
      List<SeriesFinding> findings = new ArrayList<>(watch.observe(first));
      for (int k = 1; k < DeviationRules.DELAY_VOTES; k++) {
        findings.addAll(watch.observe(bursts.next(millis + sign * step, 0)));
      }
      List<SeriesFinding.Opened> opened = opened(findings);
      found += opened.isEmpty() ? 0 : 1;
      dated += !opened.isEmpty() && opened.getFirst().at().equals(first.at()) ? 1 : 0;
    }
    System.out.printf("seed %d: %d of %d steps, %d dated%n", seed, found, STEPS, dated);
    assertThat(found).isGreaterThanOrEqualTo(STEPS - 1);
    assertThat(dated).isGreaterThanOrEqualTo(STEPS * 95 / 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void lossIsFoundWithinTwentyBurstsAndAnOutageWithinThree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (int i = 0; i < STEPS; i++) {
      found += burstsUntilLossIsFound(random.nextLong(), 0.2, 20) <= 20 ? 1 : 0;
      assertThat(burstsUntilLossIsFound(random.nextLong(), 1, 5)).isEqualTo(3);
    }
    System.out.printf("seed %d: %d of %d losses%n", seed, found, STEPS);
    assertThat(found).isGreaterThanOrEqualTo(STEPS * 99 / 100);
  }

  @Test
  void aStepThatGoesBackClosesAndOneThatStaysBecomesTheUsual() {
    Bursts bursts = new Bursts(7, 0.1);
    SeriesWatch watch = new SeriesWatch();
    feed(watch, bursts, 30, WARM_UP);
    assertThat(opened(feed(watch, bursts, 50, 10))).hasSize(1);
    assertThat(closings(feed(watch, bursts, 30, 10))).containsExactly(Deviation.Closing.RETURNED);
    assertThat(opened(feed(watch, bursts, 50, 10))).hasSize(1);
    assertThat(closings(feed(watch, bursts, 50, DeviationRules.DELAY_SETTLED_AFTER)))
        .containsExactly(Deviation.Closing.SETTLED);
    assertThat(feed(watch, bursts, 50, 100)).isEmpty();
    assertThat(opened(feed(watch, bursts, 30, 10)))
        .extracting(SeriesFinding.Opened::kind)
        .containsExactly(Deviation.Kind.DELAY_FALL);
  }

  @Test
  void anOutageClosesWithTheFirstFullAnswers() {
    Bursts bursts = new Bursts(7, 0.1);
    SeriesWatch watch = new SeriesWatch();
    feed(watch, bursts, 30, WARM_UP);
    List<SeriesFinding> outage = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      outage.addAll(watch.observe(bursts.next(30, 1)));
    }
    assertThat(opened(outage))
        .singleElement()
        .satisfies(
            opened -> {
              assertThat(opened.lossRatioSeen()).hasValue(1);
              assertThat(opened.lossRatioBaseline()).hasValue(0);
            });
    assertThat(closings(feed(watch, bursts, 30, 3))).containsExactly(Deviation.Closing.RETURNED);
  }

  @Test
  void aSingleWildBurstIsNoDeviation() {
    Bursts bursts = new Bursts(7, 0.1);
    SeriesWatch watch = new SeriesWatch();
    feed(watch, bursts, 30, WARM_UP);
    for (int i = 0; i < 20; i++) {
      assertThat(watch.observe(bursts.next(500, 0))).isEmpty();
      assertThat(feed(watch, bursts, 30, 4)).isEmpty();
    }
  }

  @Test
  void theFirstBurstThatDeviatesIsSuspectedAndSoIsTheFirstThatIsAsBefore() {
    Bursts bursts = new Bursts(7, 0.1);
    SeriesWatch watch = new SeriesWatch();
    feed(watch, bursts, 30, WARM_UP);
    assertThat(watch.suspicion()).isEmpty();
    for (int i = 1; i < DeviationRules.DELAY_VOTES_NEEDED; i++) {
      assertThat(feed(watch, bursts, 50, 1)).isEmpty();
      assertThat(watch.suspicion().orElseThrow().kind()).isEqualTo(Suspicion.Kind.RISE);
    }
    Suspicion rise = watch.suspicion().orElseThrow();
    assertThat(rise.baselineNanos()).isBetween(30_000_000L, 31_000_000L);
    assertThat(rise.seenNanos()).isBetween(50_000_000L, 51_000_000L);
    assertThat(opened(feed(watch, bursts, 50, 1))).hasSize(1);
    assertThat(watch.suspicion()).isEmpty();
    feed(watch, bursts, 50, 3);
    assertThat(watch.suspicion()).isEmpty();
    feed(watch, bursts, 30, 1);
    assertThat(watch.suspicion().orElseThrow().kind()).isEqualTo(Suspicion.Kind.RETURN);
    feed(watch, bursts, 30, DeviationRules.DELAY_VOTES_NEEDED - 1);
    assertThat(watch.suspicion()).isEmpty();
    feed(watch, bursts, 10, 1);
    assertThat(watch.suspicion().orElseThrow().kind()).isEqualTo(Suspicion.Kind.FALL);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void noiseWithAHeavyTailIsSeldomSuspected(long seed) {
    for (double noiseMillis : new double[] {0.05, 0.5, 3, 20}) {
      Bursts bursts = new Bursts(seed, noiseMillis);
      SeriesWatch watch = new SeriesWatch();
      int suspected = 0;
      for (int i = 0; i < STATIONARY_BURSTS; i++) {
        var _ = watch.observe(bursts.next(20, 0.01));
        suspected += watch.suspicion().isPresent() ? 1 : 0;
      }
      System.out.printf("seed %d, noise %s ms: %d suspected%n", seed, noiseMillis, suspected);
      assertThat(suspected).isLessThanOrEqualTo(STATIONARY_BURSTS / BURSTS_PER_SUSPICION);
    }
  }

  private static int burstsUntilLossIsFound(long seed, double lossRatio, int most) {
    Bursts bursts = new Bursts(seed, 0.1);
    SeriesWatch watch = new SeriesWatch();
    feed(watch, bursts, 30, WARM_UP);
    for (int i = 1; i <= most; i++) {
      if (!opened(watch.observe(bursts.next(30, lossRatio))).isEmpty()) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static List<SeriesFinding> feed(
      SeriesWatch watch, Bursts bursts, double millis, int count) {
    List<SeriesFinding> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      findings.addAll(watch.observe(bursts.next(millis, 0)));
    }
    return findings;
  }

  private static List<SeriesFinding.Opened> opened(List<SeriesFinding> findings) {
    return findings.stream()
        .filter(SeriesFinding.Opened.class::isInstance)
        .map(SeriesFinding.Opened.class::cast)
        .toList();
  }

  private static List<Deviation.Closing> closings(List<SeriesFinding> findings) {
    return findings.stream()
        .filter(SeriesFinding.Closed.class::isInstance)
        .map(finding -> ((SeriesFinding.Closed) finding).closing())
        .toList();
  }
}
