package io.nettrace.scanner.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Protocol;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MeasuredTrace.Cause;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleTest {
  private static final Clock CLOCK = Clock.fixed(ScriptedNetwork.NOW, ZoneOffset.UTC);
  private static final Cadence CADENCE =
      new Cadence(Duration.ofMinutes(1), 10, Duration.ofMinutes(15), 500);

  @TempDir Path folder;
  private final ManualScheduler scheduler = new ManualScheduler();
  private final ScriptedNetwork network = new ScriptedNetwork();
  private Spool spool;
  private Cycle cycle;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(folder, "local", false, 1_000, UUID.randomUUID(), CLOCK);
    cycle = new Cycle(network, spool, scheduler, CLOCK);
  }

  @Test
  void everyTargetIsMeasuredInTheFirstSecondsAndThenOnceACycle() throws IOException {
    cycle.assigned(assignment(1, 100));

    scheduler.advance(Duration.ofSeconds(6));
    assertThat(bursts()).isEqualTo(100);
    assertThat(traces()).isEqualTo(100);

    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(15).plusSeconds(54));
    assertThat(bursts()).isEqualTo(15 * 100 + 1);
    scheduler.advance(Duration.ofMinutes(15));
    assertThat(traces()).isEqualTo(100 + 7);
  }

  @Test
  void aCycleIsSpreadEvenlyAndIsNoWave() throws IOException {
    cycle.assigned(assignment(1, 60));
    scheduler.advance(Duration.ofMinutes(2));
    for (int second = 0; second < 60; second++) {
      network.asked.clear();
      scheduler.advance(Duration.ofSeconds(1));
      assertThat(bursts()).as("bursts in second %d", second).isEqualTo(1);
    }
  }

  @Test
  void aTargetDeafToItsPreferredMethodIsMeasuredByTheNextAtOnce() throws IOException {
    network.deafTo.add(Protocol.ICMP);
    cycle.assigned(assignment(1, 1));
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(network.asked)
        .contains("burst ICMP 198.18.0.1", "burst TCP 198.18.0.1")
        .doesNotContain("burst UDP 198.18.0.1");
  }

  @Test
  void aMethodThatHasAnsweredStaysWhenTheTargetFallsSilent() throws IOException {
    cycle.assigned(assignment(1, 1));
    scheduler.advance(Duration.ofSeconds(1));
    network.asked.clear();
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(10));

    assertThat(network.asked).contains("burst ICMP 198.18.0.1").noneMatch(a -> a.contains("TCP"));
  }

  @Test
  void aBurstThatDeviatesIsFollowedByATraceAtOnce() throws IOException {
    cycle.assigned(assignment(1, 1));
    scheduler.advance(Duration.ofMinutes(8));
    network.delay = Duration.ofMillis(35);
    scheduler.advance(Duration.ofSeconds(62));

    assertThat(causes()).containsExactly(Cause.SCHEDULED, Cause.DEVIATION);
  }

  @Test
  void aTraceThatWasAskedForIsTakenAtOnce() throws IOException {
    cycle.assigned(assignment(1, 2));
    scheduler.advance(Duration.ofSeconds(10));
    cycle.traceNow(List.of("t1", "unknown"));
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(causes()).containsExactly(Cause.SCHEDULED, Cause.SCHEDULED, Cause.REQUESTED);
  }

  @Test
  void otherAddressesAreReportedOnceAndTraced() throws IOException {
    cycle.assigned(assignment(1, 1));
    scheduler.advance(Duration.ofMinutes(3));
    network.addresses = List.of(InetAddress.ofLiteral("198.18.0.2"));
    scheduler.advance(Duration.ofMinutes(3));

    List<Delivery> deliveries = drain();
    assertThat(deliveries.stream().flatMap(d -> d.resolutions().stream()))
        .extracting(
            r -> ((Resolution.Resolved) r).answers().addresses().getFirst().getHostAddress())
        .containsExactly("198.18.0.1", "198.18.0.2");
    assertThat(deliveries.stream().flatMap(d -> d.traces().stream()))
        .anySatisfy(
            t -> {
              assertThat(t.cause()).isEqualTo(Cause.RESOLUTION);
              assertThat(t.trace().address().getHostAddress()).isEqualTo("198.18.0.2");
            });
  }

  @Test
  void aNameThatCannotBeResolvedIsReportedOnceAndStopsNobodyElse() throws IOException {
    network.resolvable = false;
    cycle.assigned(assignment(1, 1));
    scheduler.advance(Duration.ofMinutes(5));
    network.resolvable = true;
    scheduler.advance(Duration.ofMinutes(2));

    List<Resolution> told = drain().stream().flatMap(d -> d.resolutions().stream()).toList();
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).isInstanceOf(Resolution.Failed.class);
    assertThat(told.getLast()).isInstanceOf(Resolution.Resolved.class);
    assertThat(bursts()).isPositive();
  }

  @Test
  void aNewAssignmentEndsWhatIsNoLongerInIt() throws IOException {
    cycle.assigned(assignment(1, 10));
    scheduler.advance(Duration.ofMinutes(3));
    cycle.assigned(assignment(2, 5));
    scheduler.advance(Duration.ofMinutes(2));
    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(4));

    assertThat(bursts()).isEqualTo(20);
  }

  private long bursts() {
    return network.asked.stream().filter(asked -> asked.startsWith("burst")).count();
  }

  private long traces() {
    return network.asked.stream().filter(asked -> asked.startsWith("trace")).count();
  }

  private List<Cause> causes() throws IOException {
    return drain().stream().flatMap(d -> d.traces().stream()).map(t -> t.cause()).toList();
  }

  private List<Delivery> drain() throws IOException {
    List<Delivery> deliveries = new ArrayList<>();
    Optional<Spool.Sealed> next = spool.oldest();
    while (next.isPresent()) {
      deliveries.add(next.get().delivery());
      spool.acknowledged(next.get());
      next = spool.oldest();
    }
    return deliveries;
  }

  private static Assignment assignment(long revision, int count) {
    return new Assignment(
        "local",
        revision,
        CADENCE,
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new AssignedTarget(
                        "t" + i,
                        "t" + i + ".example.com",
                        443,
                        List.of(Protocol.ICMP, Protocol.TCP, Protocol.UDP)))
            .toList());
  }
}
