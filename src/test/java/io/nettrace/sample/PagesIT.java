package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.ProbeOutcome;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PagesIT {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
  private final TestRecord record = new TestRecord();

  @Test
  void pagesThatEndBetweenAddressesOfOneMomentNeitherRepeatNorSkip() {
    List<InetAddress> addresses =
        List.of(
            InetAddress.ofLiteral("2001:db8::1"),
            InetAddress.ofLiteral("2001:db8::2"),
            InetAddress.ofLiteral("2001:db8:0:1::1"),
            InetAddress.ofLiteral("192.0.2.9"));
    record.store(
        AT,
        addresses.stream()
            .map(address -> TestRecord.burst(AT, address, List.of(new ProbeOutcome.TimedOut())))
            .toList());
    Selection day = record.selection(AT, AT.plusSeconds(1));

    List<InetAddress> read = new ArrayList<>();
    Optional<Position> position = Optional.empty();
    for (int page = 0; page <= addresses.size(); page++) {
      List<RecordedBurst> bursts = record.history().bursts(day, position, 1);
      for (RecordedBurst row : bursts) {
        BurstSample burst = row.burst();
        read.add(burst.address());
        position =
            Optional.of(
                new Position(
                    burst.observedAt(), burst.method().name(), burst.address().getHostAddress()));
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(addresses);
  }
}
