package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.DelaySummary;
import io.nettrace.scanner.MeasuredBurst;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDelaysTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 77})
  void whatWasMeasuredIsReadBackToTheNanosecond(long seed) {
    StoredDelays read = new StoredDelays();
    for (MeasuredBurst each :
        TestRecord.bursts(new Random(seed), START, START.plusSeconds(60), 500)) {
      Burst burst = each.burst();
      byte[] stored = StoredDelays.encode(burst);
      assertThat(stored.length == 0).isEqualTo(burst.received() == 0);
      if (burst.received() > 0) {
        read.show(stored, 0, stored.length, burst.received());
        assertThat(read.summary()).isEqualTo(burst.delays().orElseThrow());
        DelayHistogram delays = new DelayHistogram();
        read.addTo(delays);
        assertThat(delays).isEqualTo(burst.histogram());
      }
    }
  }

  @Test
  void tenDelaysTakeAFewBytesEach() {
    Burst burst =
        TestRecord.burst(
                START,
                30_000_000,
                30_100_000,
                30_200_000,
                30_250_000,
                30_300_000,
                30_400_000,
                30_410_000,
                30_500_000,
                31_000_000,
                34_000_000)
            .burst();
    assertThat(StoredDelays.encode(burst)).hasSizeLessThan(36);
  }

  @Test
  void aSummaryThatDoesNotFollowFromTheDelaysIsKeptAsItCame() {
    DelayHistogram delays = new DelayHistogram();
    delays.record(1_000);
    DelaySummary odd = new DelaySummary(1, 2, 3, 4, 5, 6, 7, OptionalLong.of(8), 9);
    Burst measured = TestRecord.burst(START, 1_000).burst();
    Burst burst =
        new Burst(
            START,
            measured.address(),
            measured.protocol(),
            measured.mode(),
            1,
            1,
            0,
            Optional.of(odd),
            delays);
    StoredDelays read = new StoredDelays();
    byte[] stored = StoredDelays.encode(burst);
    read.show(stored, 0, stored.length, 1);
    assertThat(read.summary()).isEqualTo(odd);
  }
}
