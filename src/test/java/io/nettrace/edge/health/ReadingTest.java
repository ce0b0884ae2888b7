package io.nettrace.edge.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void oneReadingServesAScrapeAndTheNextScrapeReadsAgain() {
    Reading<Integer> reading = new Reading<>(reads::incrementAndGet, nanos::get);
    assertThat(reading.get()).isEqualTo(1);
    assertThat(reading.get()).isEqualTo(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(reading.get()).isEqualTo(2);
  }

  @Test
  void aReadingThatFailedIsNotKept() {
    Reading<Integer> reading =
        new Reading<>(
            () -> {
              if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return reads.get();
            },
            nanos::get);
    assertThatThrownBy(reading::get).isInstanceOf(IllegalStateException.class);
    assertThat(reading.get()).isEqualTo(2);
  }
}
