package io.nettrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.PackedHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayHistogramTest {
  private static final double STATED_ERROR = 0.001;
  private static final double RESOLUTION_NANOS = 1_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 7, 42, 2026})
  void percentilesOfMergedHistogramsAreThoseOfAllDelaysTogether(long seed) {
    Random random = new Random(seed);
    DelayHistogram merged = new DelayHistogram();
    long[] all = new long[2_000];
    for (int burst = 0; burst < 200; burst++) {
      DelayHistogram histogram = new DelayHistogram();
      for (int i = 0; i < 10; i++) {
        long delay = Math.round(Math.exp(random.nextGaussian(16, 2)));
        all[burst * 10 + i] = delay;
        histogram.record(delay);
      }
      merged.add(DelayHistogram.decode(histogram.encoded()));
    }
    Arrays.sort(all);

    for (double percentile : new double[] {1, 50, 90, 99, 99.9, 100}) {
      long exact = all[Math.max(0, (int) Math.ceil(percentile * all.length / 100 - 1e-9) - 1)];
      assertThat((double) merged.percentileNanos(percentile))
          .as("percentile %s", percentile)
          .isCloseTo((double) exact, within(exact * STATED_ERROR + RESOLUTION_NANOS));
    }
  }

  @Test
  void fewDelaysAreHeldToTheNanosecond() {
    DelayHistogram histogram = new DelayHistogram();
    histogram.record(30_000_003);
    histogram.record(30_000_001);
    histogram.record(30_000_002);
    assertThat(DelayHistogram.decode(histogram.encoded()).exactNanos().orElseThrow())
        .containsExactly(30_000_001, 30_000_002, 30_000_003);
    assertThat(histogram.percentileNanos(50)).isEqualTo(30_000_002);
  }

  @Test
  void whatWasEncodedByEarlierVersionsIsStillRead() {
    PackedHistogram earlier = new PackedHistogram(3);
    earlier.recordValueWithCount(1_500, 3);
    earlier.recordValue(2_000);
    ByteBuffer buffer = ByteBuffer.allocate(earlier.getNeededByteBufferCapacity());
    int length = earlier.encodeIntoCompressedByteBuffer(buffer);
    DelayHistogram read = DelayHistogram.decode(Arrays.copyOf(buffer.array(), length));
    assertThat(read.delaysNanos()).containsExactly(1_500_000, 1_500_000, 1_500_000, 2_000_000);
    assertThat(DelayHistogram.decode(read.encoded())).isEqualTo(read);
  }

  @Test
  void nothingRecordedHasNoPercentile() {
    assertThatThrownBy(() -> new DelayHistogram().percentileNanos(50))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rubbishIsNotAHistogram() {
    Random random = new Random(7);
    for (int length = 0; length < 200; length++) {
      byte[] rubbish = new byte[length];
      random.nextBytes(rubbish);
      assertThatThrownBy(() -> DelayHistogram.decode(rubbish))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
