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
import io.nettrace.scanner.MeasuredTrace.Cause;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleTest {
  private static final Clock CLOCK = Clock.fixed(ScriptedNetwork.NOW, ZoneOffset.UTC);
  private static final AddressPolicy POLICY = AddressPolicy.ofInternet(Set::of);
  private static final Cadence CADENCE =
      new Cadence(Duration.ofMinutes(1), 10, Duration.ofMinutes(15), 500);

  private static final List<Integer> ALL = IntStream.range(0, 64).boxed().toList();

  @TempDir Path folder;
  private final ManualScheduler scheduler = new ManualScheduler();
  private final ScriptedNetwork network = new ScriptedNetwork();
  private Spool spool;
  private Cycle cycle;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(folder, "local", false, Spool.DEFAULT_BYTES, UUID.randomUUID(), CLOCK);
    cycle = new Cycle(network, spool, scheduler, scheduler::nanos, CLOCK, POLICY);
  }

  @Test
  void everyTargetIsMeasuredInTheFirstSecondsAndThenOnceACycle() throws IOException {
    assign(1L, 100);

    scheduler.advance(Duration.ofSeconds(6));
    assertThat(bursts()).isEqualTo(100);
    assertThat(traces()).isEqualTo(100);

    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(15).minusSeconds(6));
    assertThat(bursts()).isEqualTo(14 * 100);
    scheduler.advance(Duration.ofMinutes(15));
    assertThat(bursts()).isEqualTo(29 * 100);
    assertThat(traces()).isEqualTo(100);
  }

  @Test
  void aCycleIsSpreadEvenlyAndIsNoWave() throws IOException {
    assign(1L, 60);
    scheduler.advance(Duration.ofMinutes(2));
    for (int second = 0; second < 60; second++) {
      network.asked.clear();
      scheduler.advance(Duration.ofSeconds(1));
      assertThat(bursts()).as("bursts in second %d", second).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aTargetDeafToItsPreferredMethodIsMeasuredByTheNextAtOnce() throws IOException {
    network.deafTo.add(Protocol.ICMP);
    assign(1L, 1);
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(network.asked)
        .contains("burst ICMP 198.18.0.1", "burst TCP 198.18.0.1")
        .doesNotContain("burst UDP 198.18.0.1");
  }

  @Test
  void aMethodThatHasAnsweredStaysWhenTheTargetFallsSilent() throws IOException {
    assign(1L, 1);
    scheduler.advance(Duration.ofSeconds(1));
    network.asked.clear();
    network.deafTo.addAll(List.of(Protocol.values()));
    scheduler.advance(Duration.ofMinutes(10));

    assertThat(network.asked).contains("burst ICMP 198.18.0.1").noneMatch(a -> a.contains("TCP"));
  }

  @Test
  void aBurstThatDeviatesIsFollowedByATraceAtOnce() throws IOException {
    assign(1L, 1);
    scheduler.advance(Duration.ofMinutes(8));
    network.delay = Duration.ofMillis(35);
    scheduler.advance(Duration.ofSeconds(58));

    assertThat(causes()).containsExactly(Cause.SCHEDULED, Cause.DEVIATION);
  }

  @Test
  void aTraceThatWasAskedForIsTakenAtOnce() throws IOException {
    assign(1L, 2);
    scheduler.advance(Duration.ofSeconds(10));
    cycle.traceNow(List.of("t1", "unknown"));
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(causes()).containsExactly(Cause.SCHEDULED, Cause.SCHEDULED, Cause.REQUESTED);
  }

  @Test
  void otherAddressesAreReportedOnceAndTraced() throws IOException {
    assign(1L, 1);
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
    assign(1L, 1);
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
    assign(1L, 10);
    scheduler.advance(Duration.ofMinutes(3));
    assign(2L, 5);
    scheduler.advance(Duration.ofMinutes(2));
    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(4));

    assertThat(bursts()).isEqualTo(20);
  }

  @Test
  void onlyWhatTheLeaseHoldsIsMeasured() throws IOException {
    assign(100, lease(1, true, List.of(3, 4), List.of(3, 4)));
    scheduler.advance(Duration.ofMinutes(1));

    assertThat(drain().stream().flatMap(d -> d.bursts().stream()))
        .isNotEmpty()
        .allMatch(b -> List.of(3, 4).contains(Lease.slice(b.targetId(), 64)));
  }

  @Test
  void whenTheLeaseIsOverItPausesUnlessItIsTheOnlyOne() throws IOException {
    assign(100, lease(1, false, ALL, List.of()));
    scheduler.advance(Duration.ofSeconds(15));
    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(10));
    assertThat(network.asked).isEmpty();

    cycle.leased(
        new Lease(
            2,
            ScriptedNetwork.NOW.plusSeconds(615),
            Duration.ofSeconds(15),
            true,
            64,
            ALL,
            List.of()),
        scheduler.nanos(),
        scheduler.nanos());
    scheduler.advance(Duration.ofMinutes(10));
    assertThat(bursts()).isEqualTo(1000);
  }

  @Test
  void aTargetThatChangesHandsIsMeasuredOnceInACycle() throws IOException {
    Cycle other = new Cycle(network, spool, scheduler, scheduler::nanos, CLOCK, POLICY);
    Assignment assignment = assignment(1, 100);
    other.leased(lease(1, true, List.of(), List.of()), 0, 0);
    other.assigned(assignment);
    assign(100, lease(1, true, ALL, ALL));
    scheduler.advance(Duration.ofMinutes(1));
    for (int minute = 0; minute < 30; minute++) {
      network.asked.clear();
      scheduler.advance(Duration.ofSeconds(30));
      boolean back = minute % 2 == 1;
      cycle.leased(lease(2 + minute, true, back ? ALL : List.of(), List.of()), 0, 0);
      other.leased(lease(2 + minute, true, back ? List.of() : ALL, List.of()), 0, 0);
      scheduler.advance(Duration.ofSeconds(30));
      assertThat(bursts()).as("bursts in minute %d", minute).isEqualTo(100);
    }
  }

  @Test
  void aTargetThatIsAddedBeginsAtOnceAndDisturbsNobody() {
    assign(1L, 60);
    scheduler.advance(Duration.ofMinutes(2).plusSeconds(20));
    List<String> usual = hostsBySecond(60);
    network.resolved.clear();
    cycle.assigned(with(assignment(2, 60), custom("ct-1", Optional.empty())));
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(network.resolved).filteredOn(host -> host.startsWith("ct-1")).hasSize(2);
    scheduler.advance(Duration.ofSeconds(59));
    assertThat(
            hostsBySecond(60).stream()
                .map(hosts -> hosts.replaceAll("ct-1[^ ]*", "").strip())
                .toList())
        .isEqualTo(usual);
  }

  @Test
  void nobodyWaitsLongForTheFirstResultOfATargetThatIsAdded() {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    assign(1L, 1);
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(network.burstSpreads).containsOnly(Duration.ofSeconds(10));
    network.burstSpreads.clear();
    cycle.assigned(with(assignment(2, 1), custom("ct-1", Optional.empty())));
    scheduler.advance(Duration.ofMillis(100));
    assertThat(network.burstSpreads).containsExactly(Duration.ofSeconds(1));
    scheduler.advance(Duration.ofMinutes(2));
    assertThat(network.burstSpreads.stream().skip(1)).containsOnly(Duration.ofSeconds(10));
  }

  @Test
  void aTargetIsMeasuredOnceInACycleHoweverOftenAssignmentsChange() {
    assign(1L, 10);
    scheduler.advance(Duration.ofMinutes(1));
    for (int minute = 0; minute < 5; minute++) {
      network.resolved.clear();
      for (int i = 0; i < 6; i++) {
        cycle.assigned(with(assignment(2, 10), custom("ct-" + minute + "-" + i, Optional.empty())));
        scheduler.advance(Duration.ofSeconds(10));
      }
      assertThat(hosts("t")).as("the catalogue's in minute %d", minute).isEqualTo(10);
    }
  }

  @Test
  void aTargetWithAnIntervalOfItsOwnIsMeasuredAtIt() throws IOException {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    assign(1L, 1);
    cycle.assigned(
        with(
            assignment(2, 1),
            custom("ct-fast", Optional.of(Duration.ofSeconds(10))),
            custom("ct-slow", Optional.of(Duration.ofMinutes(5)))));
    scheduler.advance(Duration.ofMinutes(5));
    drain();
    scheduler.advance(Duration.ofMinutes(30));
    Map<String, Long> bursts =
        drain().stream()
            .flatMap(d -> d.bursts().stream())
            .collect(Collectors.groupingBy(MeasuredBurst::targetId, Collectors.counting()));
    assertThat(bursts).isEqualTo(Map.of("t0", 30L, "ct-fast", 180L, "ct-slow", 6L));
  }

  @Test
  void thousandsOfTargetsOfTenantsAreNoWave() {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    Assignment assignment =
        with(
            assignment(1, 1),
            IntStream.range(0, 3000)
                .mapToObj(i -> custom("ct-" + new UUID(i * 7919L, i), Optional.empty()))
                .toArray(AssignedTarget[]::new));
    cycle.leased(assignment.lease(), 0, 0);
    cycle.assigned(assignment);
    scheduler.advance(Duration.ofMinutes(2));
    for (int second = 0; second < 60; second++) {
      network.asked.clear();
      scheduler.advance(Duration.ofSeconds(1));
      assertThat(bursts()).as("bursts in second %d", second).isLessThanOrEqualTo(2 * 50);
    }
  }

  @Test
  void aNameThatIsReboundToAForbiddenAddressIsProbedNoMore() throws IOException {
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    assignGuarded();
    scheduler.advance(Duration.ofMinutes(2));
    assertThat(network.asked).contains("burst ICMP 1.1.1.1", "trace ICMP 1.1.1.1");
    network.addresses = List.of(InetAddress.ofLiteral("127.0.0.1"));
    network.asked.clear();
    scheduler.advance(Duration.ofMinutes(20));
    cycle.traceNow(List.of("ct-1"));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(network.asked).isEmpty();
    List<Resolution> told = drain().stream().flatMap(d -> d.resolutions().stream()).toList();
    assertThat(told).hasSize(2);
    assertThat(told.getLast())
        .isInstanceOfSatisfying(
            Resolution.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("its address is loopback"));
    network.addresses = List.of(InetAddress.ofLiteral("1.1.1.1"));
    scheduler.advance(Duration.ofMinutes(2));
    assertThat(network.asked).contains("burst ICMP 1.1.1.1");
  }

  @Test
  void oneForbiddenAddressAmongOthersStopsAllPackets() {
    network.addresses =
        List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1"));
    assignGuarded();
    scheduler.advance(Duration.ofMinutes(20));
    assertThat(network.asked).isEmpty();
  }

  private void assignGuarded() {
    Assignment assignment = with(assignment(1, 0), custom("ct-1", Optional.empty()));
    cycle.leased(assignment.lease(), 0, 0);
    cycle.assigned(assignment);
  }

  private static AssignedTarget custom(String id, Optional<Duration> burstEvery) {
    return new AssignedTarget(
        id, id + ".example.com", 443, List.of(Protocol.ICMP), burstEvery, true);
  }

  private static Assignment with(Assignment assignment, AssignedTarget... more) {
    List<AssignedTarget> targets = new ArrayList<>(assignment.targets());
    targets.addAll(List.of(more));
    return new Assignment(
        assignment.vantagePoint(),
        assignment.revision(),
        assignment.cadence(),
        targets,
        assignment.lease());
  }

  private long hosts(String prefix) {
    return network.resolved.stream().filter(host -> host.startsWith(prefix)).count();
  }

  /** Whose name was asked for in each second. */
  private List<String> hostsBySecond(int seconds) {
    List<String> all = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      network.resolved.clear();
      scheduler.advance(Duration.ofSeconds(1));
      all.add(network.resolved.stream().sorted().collect(Collectors.joining(" ")));
    }
    return all;
  }

  private void assign(int count, Lease lease) {
    cycle.leased(lease, 0, 0);
    cycle.assigned(assignment(1, count));
  }

  private void assign(long revision, int count) {
    Assignment assignment = assignment(revision, count);
    cycle.leased(assignment.lease(), 0, 0);
    cycle.assigned(assignment);
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
      deliveries.add(Deliveries.of(next.get()));
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
                    AssignedTarget.ofCatalogue(
                        "t" + i,
                        "t" + i + ".example.com",
                        443,
                        List.of(Protocol.ICMP, Protocol.TCP, Protocol.UDP)))
            .toList(),
        lease(revision, true, ALL, ALL));
  }

  private static Lease lease(long number, boolean sole, List<Integer> held, List<Integer> idle) {
    return new Lease(
        number, ScriptedNetwork.NOW, Duration.ofSeconds(15), sole, ALL.size(), held, idle);
  }
}
