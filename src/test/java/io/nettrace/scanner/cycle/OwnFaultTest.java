package io.nettrace.scanner.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Protocol;
import io.nettrace.scanner.AddressPolicy;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.spool.Deliveries;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong at the vantage point is told of the vantage point, and of no target. */
class OwnFaultTest {
  private static final Clock CLOCK = Clock.fixed(ScriptedNetwork.NOW, ZoneOffset.UTC);
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(15), 10, Duration.ofMinutes(15), 500);

  @TempDir Path folder;
  private final ManualScheduler scheduler = new ManualScheduler();
  private final ScriptedNetwork network = new ScriptedNetwork();
  private Spool spool;
  private Cycle cycle;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(folder, "local", false, Spool.DEFAULT_BYTES, UUID.randomUUID(), CLOCK);
    AddressPolicy policy = AddressPolicy.ofInternet(Set::of);
    cycle = new Cycle(network, spool, scheduler, scheduler::nanos, CLOCK, policy);
  }

  @Test
  void aDeadGatewayIsOneFaultOfOursAndLossOfNoTarget() throws IOException {
    assign(100);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(2));
    network.deafTo.clear();
    scheduler.advance(Duration.ofMinutes(1));

    List<Delivery> deliveries = drain();
    assertThat(lossy(deliveries)).isEmpty();
    List<OwnFault> faults = deliveries.stream().flatMap(d -> d.faults().stream()).toList();
    assertThat(faults).hasSize(2).extracting(OwnFault::kind).containsOnly(OwnFault.Kind.LINE);
    assertThat(faults.getFirst().endedAt()).isEmpty();
    assertThat(faults.getLast().endedAt()).isPresent();
    assertThat(faults.getFirst().beganAt()).isEqualTo(faults.getLast().beganAt());
    assertThat(deliveries.getLast().bursts()).isNotEmpty();
  }

  @Test
  void aTargetThatIsSilentAloneLosesAtOnce() throws IOException {
    assign(100);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafHosts.add("198.18.0.7");
    scheduler.advance(Duration.ofMinutes(1));

    List<Delivery> deliveries = drain();
    assertThat(lossy(deliveries)).isNotEmpty().allMatch(b -> b.targetId().equals("t7"));
    assertThat(deliveries).allSatisfy(d -> assertThat(d.faults()).isEmpty());
  }

  @Test
  void aFewTargetsThatAllFallSilentAreAFaultOfOurs() throws IOException {
    assign(3);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(lossy(drain())).isEmpty();
  }

  @Test
  void oneTargetAloneCannotTellSoItsLossCounts() throws IOException {
    assign(1);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(lossy(drain())).isNotEmpty();
  }

  @Test
  void aDeadLineAtTheStartIsAFaultOfOurs() throws IOException {
    network.deafTo.addAll(List.of(Protocol.values()));
    assign(100);
    scheduler.advance(Duration.ofMinutes(1));
    List<Delivery> deliveries = drain();
    assertThat(lossy(deliveries)).isEmpty();
    assertThat(deliveries.stream().flatMap(d -> d.faults().stream())).hasSize(1);
  }

  @Test
  void aDeadNameServerIsOneFaultOfOursAndStopsNoMeasuring() throws IOException {
    assign(20);
    scheduler.advance(Duration.ofMinutes(1));
    network.nameServerAnswers = false;
    var _ = drain();
    scheduler.advance(Duration.ofMinutes(1));
    network.nameServerAnswers = true;
    network.resolvedAt = ScriptedNetwork.NOW.plusSeconds(120);
    scheduler.advance(Duration.ofMinutes(1));

    List<Delivery> deliveries = drain();
    assertThat(deliveries.stream().flatMap(d -> d.bursts().stream()).count())
        .isGreaterThanOrEqualTo(7 * 20);
    assertThat(deliveries.stream().flatMap(d -> d.resolutions().stream()))
        .noneMatch(Resolution.Failed.class::isInstance);
    assertThat(deliveries.stream().flatMap(d -> d.faults().stream()))
        .hasSize(2)
        .allMatch(fault -> fault.kind() == OwnFault.Kind.RESOLVER);
  }

  @Test
  void whatALookUpFailedOfIsToldToNoTenant() throws IOException {
    network.nameServerAnswers = false;
    network.nameServerFailure = "/10.0.0.53:53 answered SERVFAIL to A of canary.tenant.example";
    assign(IntStream.rangeClosed(1, 4).mapToObj(i -> own("ct-" + i)).toList());
    scheduler.advance(Duration.ofMinutes(1));

    List<Delivery> deliveries = drain();
    assertThat(deliveries.stream().flatMap(d -> d.faults().stream()))
        .hasSize(1)
        .allMatch(fault -> fault.reason().equals(OwnFault.NO_NAME_SERVER));
    assertThat(deliveries.stream().flatMap(d -> d.resolutions().stream()).map(Object::toString))
        .hasSize(4)
        .noneMatch(told -> told.contains("10.0.0.53") || told.contains("canary"));
  }

  @Test
  void targetsOfATenantDeclareNoFaultForAllOthers() throws IOException {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    List<AssignedTarget> targets = new ArrayList<>(catalogue(5));
    IntStream.rangeClosed(1, 20).forEach(i -> targets.add(own("ct-" + i)));
    assign(targets);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafHosts.add("1.1.1.1");
    network.unanswered.add("ct-");
    scheduler.advance(Duration.ofMinutes(2));
    network.deafHosts.clear();
    network.unanswered.clear();
    scheduler.advance(Duration.ofMinutes(1));
    List<Delivery> deliveries = drain();
    assertThat(deliveries).allSatisfy(d -> assertThat(d.faults()).isEmpty());
    assertThat(lossy(deliveries)).isNotEmpty().allMatch(b -> b.targetId().startsWith("ct-"));
  }

  @Test
  void aFaultCountsTheCataloguesTargetsOnly() throws IOException {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    List<AssignedTarget> targets = new ArrayList<>(catalogue(30));
    IntStream.rangeClosed(1, 20).forEach(i -> targets.add(own("ct-" + i)));
    assign(targets);
    scheduler.advance(Duration.ofMinutes(1));
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(drain().stream().flatMap(d -> d.faults().stream()))
        .hasSize(1)
        .allMatch(fault -> fault.targets() == 30);
  }

  private static AssignedTarget own(String id) {
    return new AssignedTarget(
        id, id + ".example.com", 443, List.of(Protocol.ICMP), Optional.empty(), true);
  }

  private static List<AssignedTarget> catalogue(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> AssignedTarget.ofCatalogue("t" + i, "198.18.0." + i, 443, List.of(Protocol.ICMP)))
        .toList();
  }

  private void assign(int count) {
    assign(catalogue(count));
  }

  private void assign(List<AssignedTarget> targets) {
    List<Integer> all = IntStream.range(0, 64).boxed().toList();
    Lease lease =
        new Lease(1, ScriptedNetwork.NOW, Duration.ofHours(1), true, all.size(), all, all);
    cycle.leased(lease, scheduler.nanos(), scheduler.nanos());
    cycle.assigned(new Assignment("local", 1, CADENCE, targets, lease));
  }

  private static List<MeasuredBurst> lossy(List<Delivery> deliveries) {
    return deliveries.stream()
        .flatMap(d -> d.bursts().stream())
        .filter(b -> b.burst().received() < b.burst().sent())
        .toList();
  }

  private List<Delivery> drain() throws IOException {
    spool.seal();
    List<Delivery> drained = new ArrayList<>();
    for (Optional<Spool.Sealed> next = spool.oldest(); next.isPresent(); next = spool.oldest()) {
      drained.add(Deliveries.of(next.get()));
      spool.acknowledged(next.get());
    }
    return drained;
  }
}
