package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.Schedule;
import io.nettrace.catalog.ScheduledTarget;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.Targets;
import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.scanner.MeasuredBurst;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlausibilityTest {
  private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  private static final Schedule SCHEDULE =
      TargetKit.schedule(
          List.of(
              new ScheduledTarget(
                  "ct-1",
                  new UUID(0, 1),
                  "a.example.com",
                  443,
                  List.of(Protocol.ICMP),
                  Duration.ofMinutes(1))));
  private final Plausibility plausibility =
      new Plausibility(
          new AssignmentPolicy.Shared(),
          new Targets(Optional.empty()),
          SCHEDULE,
          NOW,
          NOW.minus(Duration.ofDays(7)));

  @Test
  void anOrdinaryBurstIsBelieved() {
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", NOW, 1_000_000))).isTrue();
  }

  @Test
  void aTargetThatIsNotMeasuredOrHasAnotherHostIsNot() {
    assertThat(plausibility.believes(burst("nobody", "www.nyse.com", NOW, 1_000_000))).isFalse();
    assertThat(plausibility.believes(burst("nyse", "www.nasdaq.com", NOW, 1_000_000))).isFalse();
  }

  @Test
  void aTargetOfATenantIsBelievedWhileItIsScheduledAndUnderItsHostOnly() {
    assertThat(plausibility.believes(burst("ct-1", "a.example.com", NOW, 1_000_000))).isTrue();
    assertThat(plausibility.believes(burst("ct-1", "www.nyse.com", NOW, 1_000_000))).isFalse();
    assertThat(plausibility.believes(burst("nyse", "a.example.com", NOW, 1_000_000))).isFalse();
    assertThat(plausibility.believes(burst("ct-2", "a.example.com", NOW, 1_000_000))).isFalse();
  }

  @Test
  void aTimeThatIsTooOldOrYetToComeIsNot() {
    Instant old = NOW.minus(Duration.ofDays(7));
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", old, 1))).isTrue();
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", old.minusMillis(1), 1)))
        .isFalse();
    Instant ahead = NOW.plus(Duration.ofMinutes(5));
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", ahead, 1))).isTrue();
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", ahead.plusMillis(1), 1)))
        .isFalse();
  }

  @Test
  void aDelayOfMinutesIsNot() {
    long threeMinutes = Duration.ofMinutes(3).toNanos();
    assertThat(plausibility.believes(burst("nyse", "www.nyse.com", NOW, threeMinutes))).isFalse();
  }

  @Test
  void reasonsForMoreThanWasLostOrForNothingAreNot() {
    assertThat(plausibility.believes(lost(refused(1, 13)))).isTrue();
    assertThat(plausibility.believes(lost(refused(1, 13), refused(1, 1)))).isTrue();
    assertThat(plausibility.believes(lost(refused(2, 13), refused(1, 1)))).isFalse();
    assertThat(plausibility.believes(lost(refused(0, 13)))).isFalse();
    assertThat(plausibility.believes(lost(refused(1, 256)))).isFalse();
    assertThat(plausibility.believes(lost(refused(Integer.MAX_VALUE, 1), refused(2, 1)))).isFalse();
  }

  private static LossReason refused(int probes, int code) {
    return new LossReason(probes, ADDRESS, Optional.of(new Refusal(3, code)));
  }

  /** Of two lost probes. */
  private static MeasuredBurst lost(LossReason... losses) {
    List<ProbeOutcome> outcomes = List.of(new ProbeOutcome.TimedOut(), new ProbeOutcome.TimedOut());
    Burst burst = Burst.of(NOW, ADDRESS, Protocol.ICMP, ProbeMode.RAW, outcomes);
    return new MeasuredBurst("nyse", "www.nyse.com", burst.because(List.of(losses)));
  }

  private static MeasuredBurst burst(String id, String host, Instant at, long rttNanos) {
    return new MeasuredBurst(
        id,
        host,
        Burst.of(
            at,
            ADDRESS,
            Protocol.ICMP,
            ProbeMode.RAW,
            List.of(new ProbeOutcome.Replied(ADDRESS, rttNanos))));
  }
}
