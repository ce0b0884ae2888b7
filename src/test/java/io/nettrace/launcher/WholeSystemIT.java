package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole product, started as {@code mvn} starts it, measuring the lab with real packets: what a
 * user sees, and what happens when its parts are killed. The tests build on each other, because a
 * start costs a good part of a minute.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSystemIT {
  private static final int TARGETS = 100;
  private static final String FLIPPED = "api.kraken.com";
  private static final String GATEWAY = "198.18.1.1";
  private static final String UNKNOWN_TO_THE_LAB = "{\"host\":\"198.19.250.250\",\"port\":443}";
  private static final String OTHER_UNKNOWN = "{\"host\":\"198.19.250.251\",\"port\":443}";
  private static final String EXCHANGES = "/api/v1/targets?category=exchange";
  private static final Duration AROUND = Duration.ofMinutes(2);
  private static final String FAULTS = "/api/v1/changes?types=vantage_fault";

  @TempDir static Path data;
  private static RunningSystem system;
  private static List<String> answersAtStart = List.of();

  @BeforeAll
  static void start() throws Exception {
    Machine.LAB.require(Lab.unavailable());
    system = RunningSystem.in(data);
    try (Caller caller = Caller.of(system.httpPort())) {
      system.start(Map.of());
      answersAtStart = caller.answers();
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (system != null && system.launcher().isAlive()) {
      system.terminate();
    }
  }

  @Test
  @Order(1)
  void untilItServesNothingAnswersButTheApplication() {
    assertThat(answersAtStart).allMatch(Caller::isProper);
  }

  @Test
  @Order(1)
  void everyTargetIsMeasuredAndEveryAnswerSaysThatItIsSimulated() throws Exception {
    JsonNode targets =
        system.await(
            "all targets measured", "/api/v1/targets", answer -> measured(answer) == TARGETS);

    assertThat(targets.findValues("simulated")).isNotEmpty().allMatch(JsonNode::booleanValue);
  }

  @Test
  @Order(2)
  void aRouteChangeIsFoundConfirmedAndTold() throws Exception {
    String host = FLIPPED;
    system.await("a route", "/api/v1/routes/" + host, answer -> answer.findPath("hops").size() > 3);
    fire("route-flip " + host + " detour");

    JsonNode changes =
        system.await(
            "a route change",
            "/api/v1/routes/" + host + "/changes",
            answer -> !answer.findPath("items").isEmpty());

    JsonNode change = changes.path("items").get(0);
    assertThat(change.path("path_before")).isNotEqualTo(change.path("path_after"));
    assertThat(change.path("route_hash_before")).isNotEqualTo(change.path("route_hash_after"));
    assertThat(change.path("rtt_ms_before").asDouble()).isPositive();
    assertThat(change.path("rtt_ms_after").asDouble()).isPositive();
  }

  @Test
  @Order(3)
  void whoRefusedLostProbesAndHowIsToldByApiRecordAndFile() throws Exception {
    String own = system.post("/api/v1/custom-targets", UNKNOWN_TO_THE_LAB).path("id").asText();

    JsonNode answer =
        system.await("a burst of it", "/api/v1/latency/" + own, one -> one.has("burst"));

    JsonNode burst = answer.path("burst");
    JsonNode loss = burst.path("losses").path(0);
    assertThat(loss.path("probes")).isEqualTo(burst.path("sent"));
    assertThat(loss.path("icmp_type").asInt()).isEqualTo(3);
    assertThat(loss.path("from").asText()).isEqualTo(GATEWAY);
    assertThat(system.json("/api/v1/latency/" + own + "/history").findValues("losses"))
        .isNotEmpty()
        .allSatisfy(losses -> assertThat(losses.path(0).path("from").asText()).isEqualTo(GATEWAY));
    assertThat(system.get("/api/v1/export/" + own + "?format=csv").body())
        .contains("," + burst.path("sent").asText() + " " + GATEWAY + " 3/0");
  }

  /** The case service-b18. */
  @Test
  @Order(4)
  void anOutageOfOurOwnLineIsOneEventOfTheVantagePointAndOfNoTarget() throws Exception {
    fire("outage gw");
    JsonNode begun = system.await("a fault", FAULTS, answer -> !answer.path("items").isEmpty());
    system.await(
        "targets that are not measured",
        EXCHANGES,
        answer -> states(answer).equals(Set.of("not_measured")));
    fire("restore gw");
    JsonNode ended =
        system.await("its end", FAULTS, answer -> !answer.findPath("ended_at").isMissingNode());
    system.await(
        "all targets again", EXCHANGES, answer -> states(answer).equals(Set.of("reachable")));

    JsonNode fault = ended.path("items").path(0);
    assertThat(ended.path("items")).hasSize(1);
    assertThat(fault.path("id")).isEqualTo(begun.path("items").path(0).path("id"));
    assertThat(fault.path("vantage_fault").path("kind").asText()).isEqualTo("line");
    assertThat(fault.has("host")).isFalse();
    Instant began = Instant.parse(fault.path("at").asText());
    Instant over = Instant.parse(fault.findPath("ended_at").asText());
    Instant newest = over;
    for (String host : List.of("www.nyse.com", FLIPPED)) {
      Instant burst = firstBurstAfter(over, host);
      assertThat(
              system
                  .json(
                      "/api/v1/latency/" + host + "/history" + between(began.minus(AROUND), burst))
                  .findValues("loss_ratio"))
          .as("loss of %s", host)
          .isNotEmpty()
          .allMatch(ratio -> ratio.asDouble() < 1);
      newest = burst.isAfter(newest) ? burst : newest;
    }
    assertThat(
            system
                .json("/api/v1/changes" + between(began, newest) + "&types=deviation")
                .path("items"))
        .as("what targets are said to have done")
        .isEmpty();
  }

  private static Instant firstBurstAfter(Instant over, String host) throws Exception {
    JsonNode answer =
        system.await(
            "a burst of " + host + " after it",
            "/api/v1/latency/" + host,
            one -> one.has("burst") && burstAt(one).isAfter(over));
    return burstAt(answer);
  }

  private static Instant burstAt(JsonNode answer) {
    return Instant.parse(answer.path("burst").path("observed_at").asText());
  }

  /** Both included. */
  private static String between(Instant start, Instant end) {
    return "?start=%s&end=%s".formatted(start, end.plusMillis(1));
  }

  @Test
  @Order(5)
  void aKilledScannerIsStartedAgainAndNothingIsStoredTwice() throws Exception {
    long before = system.scannerPid();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    awaitOtherScanner(before);
    JsonNode first = system.json("/api/v1/latency/www.nyse.com");

    system.await(
        "a newer measurement",
        "/api/v1/latency/www.nyse.com",
        answer -> !observedAt(answer).equals(observedAt(first)));
  }

  @Test
  @Order(6)
  void aKilledDatabaseIsStartedAgainAndTheRecordGoesOn() throws Exception {
    long before = system.databasePid();
    JsonNode first = system.json("/api/v1/latency/www.nyse.com");
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    RunningSystem.awaitEnd(before);

    system.await(
        "the record of before",
        "/api/v1/routes/" + FLIPPED + "/changes",
        answer -> !answer.findPath("items").isEmpty());
    system.await(
        "a newer measurement",
        "/api/v1/latency/www.nyse.com",
        answer -> !observedAt(answer).equals(observedAt(first)));
    assertThat(system.databasePid()).isNotEqualTo(before);
    // what nodes tell each other is heard again, too
    String own = system.post("/api/v1/custom-targets", OTHER_UNKNOWN).path("id").asText();
    JsonNode _ =
        system.await("a burst of it", "/api/v1/latency/" + own, answer -> answer.has("burst"));
    assertThat(system.output())
        .doesNotContain("Exception in thread")
        .as("what the server's pool says, in words and without traces")
        .doesNotContain("poolmgr.", "\tat com.sun.enterprise.resource");
  }

  @Test
  @Order(7)
  void afterKillMinusNineTheNextStartTakesOverWhatWasLeft() throws Exception {
    long scanner = system.scannerPid();
    long database = system.databasePid();
    String key = Files.readString(data.resolve("demo-api-key"));
    // a web server that cannot end by itself goes on holding the ports
    RunningSystem.suspend(system.serverPid());
    system.kill();
    assertThat(ProcessHandle.of(scanner)).as("the scanner goes on").isPresent();

    system.start(Map.of());

    RunningSystem.awaitEnd(database);
    assertThat(Files.readString(data.resolve("demo-api-key"))).isEqualTo(key);
    system.await(
        "the record of before",
        "/api/v1/routes/" + FLIPPED + "/changes",
        answer -> !answer.findPath("items").isEmpty());
  }

  /** PostgreSQL's processes outlive their first one, and hold what the next one needs. */
  @Test
  @Order(7)
  void afterKillMinusNineOfEverythingTheNextStartIsLikeAnyOther() throws Exception {
    long scanner = system.scannerPid();
    List<Long> all = List.of(system.serverPid(), system.databasePid(), scanner);
    system.kill();
    all.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

    system.start(Map.of());

    assertThat(system.outputSinceStart()).doesNotContain("did not start", "WARNING");
    system.await(
        "the record of before",
        "/api/v1/routes/" + FLIPPED + "/changes",
        answer -> !answer.findPath("items").isEmpty());
  }

  @Test
  @Order(8)
  void aSecondOneInTheSameFolderIsRefused() throws Exception {
    String said = RunningSystem.in(data).startInVain(Map.of());
    assertThat(said).contains("Another NetTrace holds the data folder").contains("nettrace.data");
  }

  @Test
  @Order(9)
  void onSigtermEverythingIsGone() throws Exception {
    long scanner = system.scannerPid();
    long database = system.databasePid();
    List<String> answers;

    try (Caller caller = Caller.of(system.httpPort())) {
      caller.awaitAnswer();
      system.terminate();
      answers = caller.answers();
    }

    RunningSystem.awaitEnd(scanner);
    RunningSystem.awaitEnd(database);
    assertThat(answers).as("while it stops").isNotEmpty().allMatch(Caller::isProper);
  }

  @Test
  @Order(10)
  void aTakenPortIsNamedWithTheWayToChangeIt() throws Exception {
    RunningSystem other = RunningSystem.in(data);
    try (ServerSocket taken =
        new ServerSocket(other.httpPort(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThat(other.startInVain(Map.of()))
          .contains(String.valueOf(other.httpPort()))
          .contains("-Dnettrace.http.port=");
    }
  }

  @Test
  @Order(11)
  void aBadSettingStopsTheStartAndSaysWhatToWrite() throws Exception {
    RunningSystem other = RunningSystem.in(data);
    String said =
        other.startInVain(
            Map.of(
                "nettrace.scan.burst-packets", "none",
                "nettrace.http.max-working", "3",
                "nettrace.operations.port", String.valueOf(other.httpPort())));
    assertThat(said)
        .contains("nettrace.scan.burst-packets is \"none\"")
        .contains("nettrace.http.max-working is \"3\"")
        .contains("nettrace.http.port and nettrace.operations.port")
        .doesNotContain("\tat ", "Exception", "Starting NetTrace");
    assertThat(other.exitStatus()).isEqualTo(2);
  }

  @Test
  @Order(12)
  void aBadTargetsFileStopsTheStartAndIsNamedOnce() throws Exception {
    Path file = Files.writeString(data.resolve("bad-targets.json"), "{\"targets\": []}");
    assertThat(RunningSystem.in(data).startInVain(Map.of("nettrace.targets.file", file.toString())))
        .containsOnlyOnce(file + " at /targets")
        .doesNotContain("\tat ", "Exception");
  }

  private static long measured(JsonNode targets) {
    return StreamSupport.stream(targets.findPath("items").spliterator(), false)
        .filter(target -> !target.findPath("p50").isMissingNode())
        .count();
  }

  private static Set<String> states(JsonNode targets) {
    return targets.findPath("items").findParents("state").stream()
        .filter(standing -> !standing.path("stale").asBoolean())
        .map(standing -> standing.path("state").asText())
        .collect(Collectors.toSet());
  }

  private static String observedAt(JsonNode answer) {
    return answer.findPath("observed_at").asText();
  }

  private static void awaitOtherScanner(long before) throws Exception {
    while (system.scannerPid() == before) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void fire(String event) throws IOException, InterruptedException {
    Process fire =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/dist/nettrace-scanner.jar",
                "fire",
                "--socket",
                data.resolve("spool/lab.sock").toString(),
                event)
            .inheritIO()
            .start();
    assertThat(fire.waitFor()).as(event).isZero();
  }
}
