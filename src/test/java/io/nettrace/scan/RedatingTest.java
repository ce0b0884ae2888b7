package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.MeasuredTrace.Cause;
import io.nettrace.scanner.Resolution;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RedatingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  @Test
  void aFastClocksMeasurementsAreDatedByTheirArrival() {
    Instant sealed = NOW.plusSeconds(240);
    Delivery dated = dated(delivery(sealed, sealed.minusSeconds(10)));
    assertThat(dated.sealedAt()).isEqualTo(NOW);
    assertThat(dated.bursts().getFirst().burst().startedAt()).isEqualTo(NOW.minusSeconds(10));
    assertThat(dated.traces().getFirst().trace().startedAt()).isEqualTo(NOW.minusSeconds(10));
    assertThat(dated.resolutions().getFirst())
        .isEqualTo(new Resolution.Failed("t1", "host.example", NOW.minusSeconds(10), "NXDOMAIN"));
  }

  @Test
  void aSaneClocksMeasurementsKeepTheirTimesHoweverLongTheyWaited() {
    Delivery delivery = delivery(NOW.minus(Duration.ofHours(5)), NOW.minus(Duration.ofHours(6)));
    assertThat(dated(delivery)).isEqualTo(delivery);
    assertThat(new Redating(delivery, NOW).ahead()).isZero();
  }

  @Test
  void nothingIsNewerThanNowWhateverTheSealSays() {
    Delivery dated = dated(delivery(NOW, NOW.plusSeconds(200)));
    assertThat(dated.bursts().getFirst().burst().startedAt()).isEqualTo(NOW);
  }

  @Test
  void aSlowClocksMeasurementsAreDatedByTheirArrivalToo() {
    Instant sealed = NOW.minus(Duration.ofHours(3));
    Delivery slow = waited(delivery(sealed, sealed.minusSeconds(10)), Duration.ofMillis(300));
    Delivery dated = dated(slow);
    assertThat(dated.sealedAt()).isEqualTo(NOW.minusMillis(300));
    assertThat(dated.bursts().getFirst().burst().startedAt())
        .isEqualTo(NOW.minusMillis(300).minusSeconds(10));
    assertThat(new Redating(slow, NOW).fault().orElseThrow()).contains("slow");
  }

  @Test
  void aLongWaitIsNotTakenForASlowClockNorHidesAFastOne() {
    Duration fiveHours = Duration.ofHours(5);
    Delivery sane = waited(delivery(NOW.minus(fiveHours), NOW.minus(fiveHours)), fiveHours);
    assertThat(dated(sane)).isEqualTo(sane);
    assertThat(new Redating(sane, NOW).fault()).isEmpty();
    Instant sealed = NOW.minus(Duration.ofHours(2));
    Delivery fast = waited(delivery(sealed, sealed), fiveHours);
    assertThat(dated(fast).bursts().getFirst().burst().startedAt()).isEqualTo(NOW.minus(fiveHours));
    assertThat(new Redating(fast, NOW).fault().orElseThrow()).contains("fast");
  }

  @Test
  void theTimeOnTheWayIsNoSlowClock() {
    Delivery delivery = waited(delivery(NOW.minusSeconds(40), NOW.minusSeconds(50)), Duration.ZERO);
    assertThat(dated(delivery)).isEqualTo(delivery);
  }

  @Test
  void anImpossibleWaitIsAsIfItWereNotTold() {
    for (Duration waited : List.of(Duration.ofSeconds(-9), Duration.ofSeconds(Long.MAX_VALUE))) {
      Delivery delivery = waited(delivery(NOW.minusSeconds(7200), NOW.minusSeconds(7200)), waited);
      assertThat(dated(delivery)).isEqualTo(delivery);
    }
  }

  private static Delivery waited(Delivery of, Duration waited) {
    return new Delivery(
        of.spool(),
        of.sequence(),
        of.vantagePoint(),
        of.simulated(),
        of.sealedAt(),
        of.bursts(),
        of.traces(),
        of.resolutions(),
        of.faults(),
        Optional.of(waited));
  }

  private static Delivery dated(Delivery delivery) {
    return new Redating(delivery, NOW).of(delivery);
  }

  private static Delivery delivery(Instant sealedAt, Instant at) {
    Burst burst =
        Burst.of(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, List.of(new ProbeOutcome.TimedOut()));
    Trace trace = new Trace(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, List.of(), TraceEnd.SILENCE);
    return new Delivery(
        new UUID(0, 1),
        1,
        "local",
        false,
        sealedAt,
        List.of(new MeasuredBurst("t1", "host.example", burst)),
        List.of(new MeasuredTrace("t1", "host.example", Cause.SCHEDULED, trace)),
        List.of(new Resolution.Failed("t1", "host.example", at, "NXDOMAIN")));
  }
}
