package io.nettrace.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScenarioFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologiesTest {

  @Test
  void theSameSeedGivesTheSameInternetAndAnotherSeedAnother() {
    Scenario one = Topologies.generate(1, Profile.REAL, 100);
    assertThat(Topologies.generate(1, Profile.REAL, 100)).isEqualTo(one);
    assertThat(Topologies.generate(2, Profile.REAL, 100).destinations())
        .isNotEqualTo(one.destinations());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, 99})
  void aGeneratedInternetKeepsToSchemaRulesAndRanges(long seed) throws Exception {
    for (Profile profile : Profile.values()) {
      Scenario scenario = Topologies.generate(seed, profile, 100);
      byte[] written = ScenarioFile.write(scenario).getBytes(StandardCharsets.UTF_8);
      assertThat(ScenarioFile.read("seed " + seed, written)).isEqualTo(scenario);
      assertThat(scenario.destinations()).hasSize(100);
      assertThat(scenario.destinations())
          .allSatisfy(
              d -> {
                assertThat(d.route().distance()).isBetween(9, 22);
                ascending(d.route());
                ascending(alternate(d));
              });
      assertThat(scenario.destinations().getFirst().route().rttMillis()).isEqualTo(1.43);
      assertThat(scenario.destinations().getLast().route().rttMillis()).isEqualTo(250.25);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, 99})
  void theAlternateRouteDiffersInAtLeastTwoHopsAndOftenInLength(long seed) {
    Scenario scenario = Topologies.generate(seed, Profile.CLEAN, 100);
    int otherLength = 0;
    for (LabDestination destination : scenario.destinations()) {
      LabRoute alternate = alternate(destination);
      List<List<String>> usual =
          destination.route().steps().stream().map(LabRouteStep::hops).toList();
      assertThat(alternate.steps().stream().filter(s -> !usual.contains(s.hops())).count())
          .as(destination.host())
          .isGreaterThanOrEqualTo(2);
      otherLength += alternate.distance() == destination.route().distance() ? 0 : 1;
    }
    assertThat(otherLength).isBetween(30, 70);
  }

  @Test
  void aCleanInternetHasNoLossNoLimitsAndNoVariation() {
    assertThat(Topologies.generate(42, Profile.CLEAN, 100).routers())
        .allSatisfy(
            router -> {
              assertThat(router.rateLimit()).isEmpty();
              assertThat(router.lossRatio()).isZero();
              assertThat(router.variationMillis()).isZero();
            });
  }

  @Test
  void aRealInternetLimitsOneRouterInTenAndIsDeafNowAndThen() {
    Scenario real = Topologies.generate(42, Profile.REAL, 100);
    assertThat(real.routers().stream().filter(r -> r.rateLimit().isPresent()).count())
        .isBetween(real.routers().size() / 20L, real.routers().size() / 6L);
    assertThat(real.routers().stream().filter(r -> r.lossRatio() > 0)).isNotEmpty();
    assertThat(real.routers().stream().filter(LabRouter::silent)).isNotEmpty();
    assertThat(real.destinations().stream().filter(d -> !d.answers().icmp())).hasSizeBetween(3, 20);
    assertThat(real.destinations().stream().filter(d -> !d.answers().udp())).hasSizeBetween(25, 55);
  }

  @Test
  void aThousandTargetsFitIntoTheAddressPlan() {
    assertThat(Topologies.generate(5, Profile.REAL, 1_000).destinations()).hasSize(1_000);
  }

  private static LabRoute alternate(LabDestination destination) {
    return Objects.requireNonNull(destination.alternatives().get(Topologies.ALTERNATE));
  }

  private static void ascending(LabRoute route) {
    double rtt = 0;
    for (LabRouteStep step : route.steps()) {
      assertThat(step.rttMillis()).isGreaterThanOrEqualTo(rtt);
      rtt = step.rttMillis();
    }
    assertThat(route.rttMillis()).isGreaterThanOrEqualTo(rtt);
  }
}
