package io.nettrace.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.Destination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The prober against real packets of simulated internets. */
class ProberLabIT {
  private static final int TARGETS = 30;
  private static final long SEED = Long.getLong("nettrace.test.seed", 42);

  @BeforeAll
  static void theLabRuns() {
    System.out.println("ProberLabIT seed " + SEED);
    Lab.unavailable().ifPresent(reason -> assumeTrue(false, "no lab here: " + reason));
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
      List<String> hosts = lab.scenario().destinations().stream().map(Destination::host).toList();
      lab.fire(new LabEvent.RouteFlip(hosts, Topologies.ALTERNATE));
      List<Trace> after = scan(prober, lab, Protocol.ICMP, 0);
      for (int i = 0; i < TARGETS; i++) {
        assertThat(after.get(i).reached()).as(hosts.get(i)).isTrue();
        assertThat(addresses(after.get(i))).as(hosts.get(i)).isNotEqualTo(addresses(before.get(i)));
      }
    }
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
      Destination destination = lab.scenario().destinations().getFirst();
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
    return Prober.open(
        ProberConfig.defaults()
            .withPacketsPerSecond(5_000)
            .withMode(ProbeMode.RAW)
            .withNetns(lab.namespace()));
  }

  private static List<Trace> scan(Prober prober, Lab lab, Protocol protocol, int extraFlows) {
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (Destination destination : lab.scenario().destinations()) {
      Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
      pending.add(prober.trace(new TraceSpec(endpoint, protocol, Duration.ZERO, extraFlows)));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  private static List<Object> addresses(Trace trace) {
    return trace.hops().stream().<Object>map(hop -> hop.addresses()).toList();
  }
}
