package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void hopsComeBackFromTheRecordAsTheyWent() {
    List<Hop> hops =
        List.of(
            new Hop(
                1,
                HopState.ANSWERED,
                List.of(
                    new HopReply(
                        InetAddress.ofLiteral("192.0.2.1"),
                        1_234_567,
                        List.of(new MplsLabel(16, 0, true, 1))))),
            Hop.silent(2),
            new Hop(
                3,
                HopState.DESTINATION,
                List.of(new HopReply(InetAddress.ofLiteral("2001:db8::1"), 2, List.of()))));
    assertThat(HopsJson.read(HopsJson.write(hops))).isEqualTo(hops);
  }

  @Test
  void anHoursPercentilesAreThoseOfAllItsProbesTogether() {
    DelayWindow window = new DelayWindow();
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    window.add(start, 10, 2, new long[] {1, 2});
    window.add(start.plusSeconds(3599), 10, 3, new long[] {3, 4, 100});
    LastHour hour = window.summary().orElseThrow();
    assertThat(hour.p50Nanos()).isEqualTo(OptionalLong.of(3));
    assertThat(hour.p99Nanos()).isEqualTo(OptionalLong.of(100));
    assertThat(hour.lossRatio()).contains(0.75);
  }

  @Test
  void whatIsOlderThanAnHourNoLongerCounts() {
    DelayWindow window = new DelayWindow();
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    window.add(start, 10, 1, new long[] {1});
    window.add(start.plusSeconds(3601), 10, 0, new long[0]);
    LastHour hour = window.summary().orElseThrow();
    assertThat(hour.bursts()).isEqualTo(1);
    assertThat(hour.p50Nanos()).isEmpty();
  }
}
