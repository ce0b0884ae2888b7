package io.nettrace.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nettrace.platform.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/nettrace/lab/scenario");
  private static final Path BAD = FOLDER.resolve("bad");

  @Test
  void aScenarioIsReadWithItsDefaults() throws Exception {
    Scenario scenario = ScenarioFile.read(FOLDER.resolve("small.json"));

    assertThat(scenario.vantage().nameserverRttMillis()).isEqualTo(0.2);
    assertThat(scenario.routers().getFirst())
        .isEqualTo(LabRouter.plain("gw", "gw.test", scenario.routers().getFirst().addresses()));
    assertThat(scenario.routers().getLast().rateLimit()).contains(new RateLimit(10, 5));
    assertThat(scenario.routers().getLast().labels().getFirst().bottomOfStack()).isTrue();
    LabDestination host = scenario.destinations().getFirst();
    assertThat(host.route().distance()).isEqualTo(3);
    assertThat(host.resolvesTo()).hasSize(1);
    assertThat(scenario.programme().events().getFirst())
        .isEqualTo(
            new ScheduledEvent(
                Duration.ofMinutes(1),
                new LabEvent.RouteFlip(List.of("host.test"), "other"),
                Optional.of(Duration.ofSeconds(30))));
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws Exception {
    for (Scenario scenario :
        List.of(ScenarioFile.read(FOLDER.resolve("small.json")), ScenarioFile.shipped())) {
      byte[] written = ScenarioFile.write(scenario).getBytes(StandardCharsets.UTF_8);
      assertThat(ScenarioFile.read("written", written)).isEqualTo(scenario);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsRefusedWithFilePointerAndReason(String name, String pointer, String reason) {
    Path file = BAD.resolve(name + ".json");

    InvalidDocumentException refused =
        catchThrowableOfType(InvalidDocumentException.class, () -> ScenarioFile.read(file));

    assertThat(refused).as("%s was accepted", file).isNotNull();
    assertThat(refused.problems())
        .as("%s", refused.getMessage())
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo(file.toString());
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.reason()).contains(reason);
            });
  }

  @Test
  void everyBadExampleIsExpectedToFail() throws IOException {
    try (Stream<Path> files = Files.list(BAD)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")).count())
          .isEqualTo(mistakes().count());
    }
  }

  static Stream<Object[]> mistakes() throws IOException {
    return Files.readAllLines(BAD.resolve("expected.txt")).stream()
        .map(line -> line.split("\\|", 3))
        .map(parts -> new Object[] {parts[0].strip(), parts[1].strip(), parts[2].strip()});
  }
}
