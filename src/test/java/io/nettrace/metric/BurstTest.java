package io.nettrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.metric.ProbeOutcome.Replied;
import io.nettrace.metric.ProbeOutcome.SendFailed;
import io.nettrace.metric.ProbeOutcome.TimedOut;
import io.nettrace.metric.ProbeOutcome.Unreachable;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BurstTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final InetAddress TARGET = InetAddress.ofLiteral("198.18.0.1");

  @Test
  void percentilesAreNearestRankOverTheAnswersOnly() {
    List<ProbeOutcome> outcomes = new ArrayList<>();
    for (int millis = 1; millis <= 100; millis++) {
      outcomes.add(replied(millis * 1_000_000L));
      outcomes.add(new TimedOut());
    }

    DelaySummary delays = burst(outcomes).delays().orElseThrow();

    assertThat(delays.minNanos()).isEqualTo(1_000_000);
    assertThat(delays.meanNanos()).isEqualTo(50_500_000);
    assertThat(delays.p50Nanos()).isEqualTo(50_000_000);
    assertThat(delays.p90Nanos()).isEqualTo(90_000_000);
    assertThat(delays.p95Nanos()).isEqualTo(95_000_000);
    assertThat(delays.p99Nanos()).isEqualTo(99_000_000);
    assertThat(delays.maxNanos()).isEqualTo(100_000_000);
    assertThat(delays.pdvNanos()).isEqualTo(98_000_000);
  }

  @Test
  void aLostPacketHasNoDelayAndABurstWithoutAnswersHasNone() {
    Burst burst = burst(List.of(new TimedOut(), new Unreachable(TARGET, 3, 1)));

    assertThat(burst.lossRatio()).contains(1.0);
    assertThat(burst.delays()).isEmpty();
    assertThat(burst.histogram().count()).isZero();
  }

  @Test
  void aProbeThatCouldNotBeSentIsNotALostOne() {
    Burst burst = burst(List.of(replied(5), new SendFailed("sendmmsg: ENETDOWN"), new TimedOut()));

    assertThat(burst.sent()).isEqualTo(2);
    assertThat(burst.sendFailures()).isEqualTo(1);
    assertThat(burst.lossRatio()).contains(0.5);
  }

  @Test
  void whereNothingCouldBeSentThereIsNoLossEither() {
    assertThat(burst(List.of(new SendFailed("sendmmsg: ENETUNREACH"))).lossRatio())
        .isEqualTo(Optional.empty());
  }

  @Test
  void ipdvComparesOnlyNeighboursThatBothAnswered() {
    assertThat(ipdv(replied(10), replied(14), new TimedOut(), replied(100), replied(98)))
        .hasValue(3);
    assertThat(ipdv(replied(10), new TimedOut(), replied(14))).isEmpty();
  }

  @Test
  void moreAnswersThanProbesAreRefused() {
    assertThatThrownBy(
            () ->
                new Burst(
                    NOW,
                    TARGET,
                    Protocol.ICMP,
                    ProbeMode.RAW,
                    1,
                    2,
                    0,
                    DelaySummary.of(List.of(replied(5))),
                    new DelayHistogram()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OptionalLong ipdv(ProbeOutcome... outcomes) {
    return burst(List.of(outcomes)).delays().orElseThrow().ipdvNanos();
  }

  private static Replied replied(long nanos) {
    return new Replied(TARGET, nanos);
  }

  private static Burst burst(List<ProbeOutcome> outcomes) {
    return Burst.of(NOW, TARGET, Protocol.ICMP, ProbeMode.RAW, outcomes);
  }
}
