package io.nettrace.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScenarioFile;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AtlasTest {
  private static final Path CATALOGUE = Path.of("targets.json");

  @Test
  void theShippedScenarioIsDrawnFromTheCatalogueThatIsShippedWithIt() throws Exception {
    try (InputStream in = ScenarioFile.class.getResourceAsStream("newark.json")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .as("draw it again: lab --draw targets.json > newark.json")
          .isEqualTo(ScenarioFile.write(Atlas.draw(CATALOGUE)));
    }
  }

  @Test
  void thePlacesOfTheLabsAddressesAreDrawnWithIt() throws Exception {
    assertThat(Path.of("src/main/resources/io/nettrace/geo/lab-places.json"))
        .as("draw it again: lab --places targets.json > lab-places.json")
        .content()
        .isEqualTo(Gazetteer.draw(CATALOGUE));
  }

  @Test
  void everyTargetHasAnAddressAndNoDestinationIsAnOrphan() throws Exception {
    assertThat(ScenarioFile.shipped().destinations())
        .extracting(LabDestination::host)
        .containsExactlyElementsOf(Site.read(CATALOGUE).stream().map(Site::host).toList());
    assertThat(ScenarioFile.shipped().destinations()).hasSize(100);
  }

  @Test
  void theShippedScenarioKeepsToSchemaAndRules() throws Exception {
    byte[] drawn = ScenarioFile.write(Atlas.draw(CATALOGUE)).getBytes(StandardCharsets.UTF_8);
    assertThat(ScenarioFile.read("newark.json", drawn)).isEqualTo(ScenarioFile.shipped());
  }

  @Test
  void distancesAndDelaysAreThoseOfTheRealInternet() {
    LabPlaces places = LabPlaces.load();
    City home = places.city(LabPlaces.HOME);
    for (LabDestination destination : ScenarioFile.shipped().destinations()) {
      assertThat(destination.route().distance()).as(destination.host()).isBetween(8, 25);
      assertThat(destination.route().rttMillis()).as(destination.host()).isBetween(1.0, 260.0);
      double rtt = 0;
      for (LabRouteStep step : destination.route().steps()) {
        assertThat(step.rttMillis()).as(destination.host()).isGreaterThan(rtt);
        rtt = step.rttMillis();
      }
      assertThat(destination.route().rttMillis()).isGreaterThan(rtt);
    }
    assertThat(rtt("gateway.saxobank.com"))
        .isGreaterThan(home.fibreRttMillis(places.city("cphgdk")))
        .isLessThan(2 * home.fibreRttMillis(places.city("cphgdk")));
  }

  @Test
  void noTargetIsNearerThanLightInFibreAllows() throws Exception {
    LabPlaces places = LabPlaces.load();
    for (Site site : Site.read(CATALOGUE)) {
      double floor = places.city(LabPlaces.HOME).fibreRttMillis(places.of(site));
      assertThat(rtt(site.host())).as(site.host()).isGreaterThan(floor);
    }
  }

  @Test
  void someHopsAreSilentSomeLimitedSomeBalancedSomeLabelled() {
    Scenario shipped = ScenarioFile.shipped();
    assertThat(shipped.routers().stream().filter(LabRouter::silent)).hasSizeGreaterThan(10);
    assertThat(shipped.routers().stream().filter(r -> r.rateLimit().isPresent()))
        .hasSizeGreaterThan(10);
    assertThat(shipped.routers().stream().filter(r -> !r.labels().isEmpty()))
        .hasSizeGreaterThan(10);
    assertThat(
            shipped.destinations().stream()
                .filter(d -> d.route().steps().stream().anyMatch(s -> s.hops().size() > 1)))
        .hasSizeBetween(10, 60);
  }

  @Test
  void somethingOfEveryKindHappensAndTheFirstOfItWithinTwoMinutes() {
    List<ScheduledEvent> events = ScenarioFile.shipped().programme().events();
    assertThat(events.getFirst().at()).isLessThan(Duration.ofMinutes(2));
    assertThat(events)
        .extracting(event -> (Object) event.event().getClass())
        .contains(
            LabEvent.RouteFlip.class,
            LabEvent.DelayStep.class,
            LabEvent.Loss.class,
            LabEvent.Outage.class,
            LabEvent.AnswerChange.class);
    Duration end = ScenarioFile.shipped().programme().repeat().orElseThrow();
    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(event.at().plus(event.duration().orElseThrow()))
                    .isLessThanOrEqualTo(end));
  }

  private static double rtt(String host) {
    return ScenarioFile.shipped().destinations().stream()
        .filter(d -> d.host().equals(host))
        .findFirst()
        .orElseThrow()
        .route()
        .rttMillis();
  }
}
