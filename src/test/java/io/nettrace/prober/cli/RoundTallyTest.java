package io.nettrace.prober.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTallyTest {
  private final RoundTally tally = new RoundTally();

  @Test
  void delaysAreSummarisedWithoutBeingKept() {
    for (long delay : new long[] {10, 20, 30, 40}) {
      tally.delay(delay);
    }
    assertThat(tally.lastNanos()).isEqualTo(40);
    assertThat(tally.bestNanos()).isEqualTo(10);
    assertThat(tally.worstNanos()).isEqualTo(40);
    assertThat(tally.meanNanos()).isEqualTo(25);
    assertThat(tally.standardDeviationNanos()).isEqualTo(13); // √(500/3) = 12.9
    assertThat(tally.ipdvNanos()).hasValue(10);
  }

  @Test
  void lossIsUndefinedUntilSomethingWasSent() {
    assertThat(tally.lossRatio()).isEmpty();
    tally.count(4, 3);
    assertThat(tally.lossRatio()).hasValue(0.25);
    assertThat(WatchTable.loss(tally)).isEqualTo("25.0%");
  }
}
