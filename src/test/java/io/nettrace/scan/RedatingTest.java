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
