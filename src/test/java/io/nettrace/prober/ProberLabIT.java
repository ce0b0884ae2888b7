package io.nettrace.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.metric.Burst;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The prober against real packets of simulated internets. */
class ProberLabIT {
  private static final int TARGETS = 30;
  private static final Predicate<InetAddress> IPV6 = Inet6Address.class::isInstance;
  private static final long SEED = Long.getLong("nettrace.test.seed", 42);

  @BeforeAll
  static void theLabRuns() {
    System.out.println("ProberLabIT seed " + SEED);
    Machine.LAB.require(Lab.unavailable());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void everyAnsweringHopOfEveryPathIsFoundByEveryProtocol(Protocol protocol) throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab)) {
      scan(prober, lab, protocol, 0);
      LabTruth truth = new LabTruth(lab.scenario());
      assertThat(truth.mistakes(scan(prober, lab, protocol, 0))).isEmpty();
      assertThat(truth.missing(scan(prober, lab, protocol, 0), protocol)).isEmpty();
    }
  }

  @Test
  void lossAndRateLimitsHideNoHopFromAWarmScan() throws IOException {
    try (Lab lab = lab(Profile.REAL);
        Prober prober = prober(lab)) {
      List<Trace> traces = List.of();
      for (int i = 0; i < 4; i++) {
        traces = scan(prober, lab, Protocol.ICMP, 0);
      }
      LabTruth truth = new LabTruth(lab.scenario());
      assertThat(truth.mistakes(traces)).isEmpty();
      assertThat(truth.missing(traces, Protocol.ICMP)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void extraFlowsShowLoadBalancingAndOneFlowNeverMixesPaths() throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab)) {
      List<Trace> first = scan(prober, lab, Protocol.ICMP, 0);
      List<Trace> second = scan(prober, lab, Protocol.ICMP, 0);
      for (int i = 0; i < TARGETS; i++) {
        for (int hop = 0; hop < second.get(i).hopCount(); hop++) {
          var before = first.get(i).hops().get(hop).addresses();
          assertThat(before).isEqualTo(second.get(i).hops().get(hop).addresses());
        }
      }
      long balanced =
          scan(prober, lab, Protocol.ICMP, 8).stream()
              .flatMap(trace -> trace.hops().stream())
              .filter(hop -> hop.state() == HopState.BALANCED)
              .count();
      assertThat(balanced).isPositive();
    }
  }

  @Test
  void everyFlippedRouteIsSeenByTheNextScan() throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab)) {
      scan(prober, lab, Protocol.ICMP, 0);
      List<Trace> before = scan(prober, lab, Protocol.ICMP, 0);
      List<String> hosts =
          lab.scenario().destinations().stream().map(LabDestination::host).toList();
      lab.fire(new LabEvent.RouteFlip(hosts, Topologies.ALTERNATE));
      List<Trace> after = scan(prober, lab, Protocol.ICMP, 0);
      for (int i = 0; i < TARGETS; i++) {
        assertThat(after.get(i).reached()).as(hosts.get(i)).isTrue();
        assertThat(addresses(after.get(i))).as(hosts.get(i)).isNotEqualTo(addresses(before.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void unprivilegedModeSeesTheSameHopsAsRaw(Protocol protocol) throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab, ProbeMode.UNPRIVILEGED)) {
      scan(prober, lab, protocol, 0);
      List<Trace> traces = scan(prober, lab, protocol, 0);
      LabTruth truth = new LabTruth(lab.scenario());
      assertThat(traces).allSatisfy(t -> assertThat(t.mode()).isEqualTo(ProbeMode.UNPRIVILEGED));
      assertThat(truth.mistakes(traces)).isEmpty();
      assertThat(truth.missing(traces, protocol)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void overIpv6HopsAreFoundAndDelaysMeasuredToo(Protocol protocol) throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab, ProbeMode.RAW)) {
      LabDestination destination = lab.scenario().destinations().getFirst();
      InetAddress address =
          destination.addresses().stream()
              .filter(Inet6Address.class::isInstance)
              .findFirst()
              .orElseThrow();
      Endpoint endpoint = new Endpoint(address, 443);
      Trace trace = prober.trace(new TraceSpec(endpoint, protocol, Duration.ZERO, 0)).join();
      assertThat(trace.reached()).isTrue();
      assertThat(trace.hopCount()).isEqualTo(destination.route().distance());
      assertThat(trace.hops()).allSatisfy(hop -> assertThat(hop.addresses()).allMatch(IPV6));
      Burst burst = prober.burst(new BurstSpec(endpoint, protocol, 5, Duration.ZERO)).join();
      assertThat(burst.received()).isEqualTo(5);
      assertThat(burst.delays().orElseThrow().minNanos())
          .isGreaterThanOrEqualTo((long) (destination.route().rttMillis() * 1e6));
    }
  }

  @Test
  void aPathThatHasGrownIsFollowedToItsNewEndInOneTrace() throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Prober prober = prober(lab, ProbeMode.RAW)) {
      LabDestination longer =
          lab.scenario().destinations().stream()
              .filter(d -> alternate(d).distance() > d.route().distance())
              .findFirst()
              .orElseThrow();
      Endpoint endpoint = new Endpoint(longer.addresses().getFirst(), 443);
      TraceSpec spec = new TraceSpec(endpoint, Protocol.ICMP, Duration.ZERO, 0);
      assertThat(prober.trace(spec).join().hopCount()).isEqualTo(longer.route().distance());
      lab.fire(new LabEvent.RouteFlip(List.of(longer.host()), Topologies.ALTERNATE));
      Trace grown = prober.trace(spec).join();
      assertThat(grown.reached()).isTrue();
      assertThat(grown.hopCount()).isEqualTo(alternate(longer).distance());
    }
  }

  private static LabRoute alternate(LabDestination destination) {
    return Objects.requireNonNull(destination.alternatives().get(Topologies.ALTERNATE));
  }

  @Test
  void aNameIsResolvedInsideTheNamespace() throws IOException {
    try (Lab lab = lab(Profile.CLEAN);
        Resolver resolver =
            new Resolver(
                ResolverConfig.defaults()
                    .withNetns(lab.namespace())
                    .withNameserver(lab.nameserver()),
                Clock.systemUTC())) {
      LabDestination destination = lab.scenario().destinations().getFirst();
      assertThat(resolver.resolve(destination.host()).join())
          .isInstanceOfSatisfying(
              Lookup.Found.class,
              found ->
                  assertThat(found.answers().addresses())
                      .containsExactlyInAnyOrderElementsOf(destination.resolvesTo()));
      assertThat(resolver.resolve("no-such-host.example").join()).isInstanceOf(Lookup.Failed.class);
    }
  }

  private static Lab lab(Profile profile) throws IOException {
    Scenario scenario = Topologies.generate(SEED, profile, TARGETS);
    return Lab.start(scenario);
  }

  private static Prober prober(Lab lab) throws IOException {
    return prober(lab, ProbeMode.RAW);
  }

  private static Prober prober(Lab lab, ProbeMode mode) throws IOException {
    return Prober.open(
        ProberConfig.defaults()
            .withPacketsPerSecond(5_000)
            .withMode(mode)
            .withNetns(lab.namespace()));
  }

  private static List<Trace> scan(Prober prober, Lab lab, Protocol protocol, int extraFlows) {
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (LabDestination destination : lab.scenario().destinations()) {
      Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
      pending.add(prober.trace(new TraceSpec(endpoint, protocol, Duration.ZERO, extraFlows)));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  private static List<Object> addresses(Trace trace) {
    return trace.hops().stream().<Object>map(hop -> hop.addresses()).toList();
  }
}
