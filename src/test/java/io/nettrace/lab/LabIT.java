package io.nettrace.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.lab.engine.DelayLog;
import io.nettrace.lab.engine.LabStatistics;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScheduledEvent;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lab as other programs see it. */
class LabIT {
  private static final Scenario SCENARIO = Topologies.generate(42, Profile.CLEAN, 20);
  private static final String SILENCE = "*";
  private static @Nullable Lab running;

  @BeforeAll
  static void start() throws Exception {
    Inside.assumeLab();
    running = Lab.start(SCENARIO);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void aTcpConnectionIsAcceptedTakesDataAndCloses() throws Exception {
    int end =
        Inside.of(
            lab(),
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address(destination(3)), 443), 30_000);
                socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                return socket.getInputStream().read();
              }
            });
    assertThat(end).isEqualTo(-1);
  }

  @Test
  void aClosedTcpPortRefuses() {
    assertThatThrownBy(
            () ->
                Inside.of(
                    lab(),
                    () -> {
                      try (Socket socket = new Socket()) {
                        socket.connect(
                            new InetSocketAddress(address(destination(3)), 8_443), 30_000);
                        return true;
                      }
                    }))
        .hasRootCauseInstanceOf(ConnectException.class);
  }

  @Test
  void pingReportsAtLeastTheDelayThatTheLogHolds() throws Exception {
    Inside.assumeProgram("ping");
    long mark = lab().log().position();
    String output =
        Inside.run(
            lab(), "ping", "-n", "-c", "5", "-i", "0.2", address(destination(9)).getHostAddress());
    List<Double> reported = matches(output, "time=([0-9.]+)");
    assertThat(reported).as(output).hasSize(5);
    List<DelayLog.Entry> truth = answers(mark, address(destination(9)));
    assertThat(truth).hasSize(5);
    for (int i = 0; i < 5; i++) {
      double trueMillis = truth.get(i).rttNanos() / 1e6;
      assertThat(trueMillis).isGreaterThanOrEqualTo(destination(9).route().rttMillis());
      // three digits are printed; waking the lab up is part of what ping sees
      assertThat(reported.get(i)).isGreaterThan(trueMillis * 0.999 - 0.001);
    }
  }

  @Test
  void tracerouteSeesExactlyTheRoutersOfTheRoute() throws Exception {
    Inside.assumeProgram("traceroute");
    for (int i : new int[] {0, 5, 10, 15}) {
      String output =
          Inside.run(
              lab(),
              "traceroute",
              "-n",
              "-I",
              "-q",
              "1",
              "-w",
              "3",
              address(destination(i)).getHostAddress());
      assertIsRoute(output, destination(i), false);
    }
  }

  @Test
  void tracerouteSeesTheSameRoutersOverIpv6() throws Exception {
    Inside.assumeProgram("traceroute");
    String output =
        Inside.run(
            lab(),
            "traceroute",
            "-6",
            "-n",
            "-q",
            "1",
            "-w",
            "3",
            destination(4).addresses().getLast().getHostAddress());
    assertIsRoute(output, destination(4), true);
  }

  @Test
  void scamperSeesExactlyTheRoutersOfTheRoute() throws Exception {
    Inside.assumeProgram("scamper");
    for (int i : new int[] {1, 7, 19}) {
      String address = address(destination(i)).getHostAddress();
      String output =
          Inside.run(lab(), "scamper", "-I", "trace -P icmp-paris -q 1 -w 1 -g 32 " + address);
      assertIsRoute(output, destination(i), false);
    }
  }

  @Test
  void mtrSeesEveryRouterThatAnswers() throws Exception {
    Inside.assumeProgram("mtr");
    String output =
        Inside.run(
            lab(),
            "mtr",
            "-n",
            "-r",
            "-c",
            "2",
            "-i",
            "0.2",
            address(destination(2)).getHostAddress());
    for (LabRouteStep step : destination(2).route().steps()) {
      if (!router(step.hops().getFirst()).silent()) {
        assertThat(step.hops().stream().map(hop -> address(hop, false)).anyMatch(output::contains))
            .as("%s in %s", step, output)
            .isTrue();
      }
    }
  }

  @Test
  void anEventIsFeltByTheNextProbe() throws Exception {
    Inside.assumeProgram("ping");
    String host = address(destination(6)).getHostAddress();
    lab().fire(new LabEvent.Outage(destination(6).host()));
    assertThat(Inside.run(lab(), "ping", "-n", "-c", "1", "-W", "1", host))
        .contains("100% packet loss");
    lab().fire(new LabEvent.Restore(destination(6).host()));
    assertThat(Inside.run(lab(), "ping", "-n", "-c", "1", "-W", "10", host))
        .contains(" 0% packet loss");
  }

  @Test
  @Timeout(120)
  void aProgrammeRepeatsAndWhatHasADurationEnds() throws Exception {
    Inside.assumeProgram("ping");
    Scenario calm = Topologies.generate(3, Profile.CLEAN, 2);
    String host = calm.destinations().getFirst().host();
    String address = address(calm.destinations().getFirst()).getHostAddress();
    ScheduledEvent outage =
        new ScheduledEvent(
            Duration.ZERO, new LabEvent.Outage(host), Optional.of(Duration.ofMillis(1_500)));
    Programme programme = new Programme(List.of(outage), Optional.of(Duration.ofSeconds(3)));
    Scenario eventful =
        new Scenario(
            "eventful",
            calm.seed(),
            calm.vantage(),
            calm.networks(),
            calm.routers(),
            calm.destinations(),
            programme);
    try (Lab eventfulLab = Lab.start(eventful)) {
      for (String state : List.of("100%", " 0%", "100%", " 0%")) {
        String output = "";
        while (!output.contains(state + " packet loss")) {
          output = Inside.run(eventfulLab, "ping", "-n", "-c", "1", "-W", "1", address);
        }
      }
    }
  }

  @Test
  @Timeout(120)
  void tenThousandPacketsInARowAreAllAnswered() throws Exception {
    LabStatistics before = lab().statistics();
    InetAddress target = address(destination(0));
    Inside.of(
        lab(),
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 10_000; i++) {
              socket.send(new DatagramPacket(new byte[12], 12, target, 33_434));
            }
          }
          return true;
        });
    while (lab().statistics().answered() - before.answered() < 10_000) {
      assertThat(lab().statistics().overflowed()).isEqualTo(before.overflowed());
      Thread.onSpinWait();
    }
  }

  @Test
  void twoLabsKnowNothingOfEachOtherAndAClosedOneLeavesNothingBehind() throws Exception {
    Scenario other = Topologies.generate(7, Profile.CLEAN, 3);
    Lab second = Lab.start(other);
    try (second) {
      assertThat(Inside.of(second, () -> Files.readString(Path.of("/proc/thread-self/net/route"))))
          .contains("lab0");
      assertThat(second.namespace()).isNotEqualTo(lab().namespace());
    }
    awaitGone(second.namespace());
    assertThat(Files.exists(lab().namespace())).isTrue();
    assertThat(Files.readString(Path.of("/proc/self/net/dev"))).doesNotContain("lab0");
  }

  /** A thread is over for Java a little before the kernel has put it away. */
  private static void awaitGone(Path file) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (Files.exists(file)) {
      assertThat(System.nanoTime()).as("%s is still there", file).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void assertIsRoute(String output, LabDestination destination, boolean ipv6) {
    List<String> seen = new ArrayList<>();
    Pattern.compile("(?m)^ *\\d+ +(\\S+)")
        .matcher(output)
        .results()
        .forEach(line -> seen.add(line.group(1)));
    List<LabRouteStep> steps = destination.route().steps();
    assertThat(seen).as(output).hasSize(steps.size() + 1);
    for (int i = 0; i < steps.size(); i++) {
      LabRouteStep step = steps.get(i);
      if (router(step.hops().getFirst()).silent()) {
        continue; // which branches of a balancer are silent is another matter
      }
      List<String> expected =
          new ArrayList<>(step.hops().stream().map(hop -> address(hop, ipv6)).toList());
      if (step.hops().stream().anyMatch(hop -> router(hop).silent())) {
        expected.add(SILENCE);
      }
      assertThat(normal(seen.get(i))).as("hop %d of %s", i + 1, output).isIn(expected);
    }
  }

  private static String normal(String seen) {
    return seen.equals(SILENCE) ? SILENCE : InetAddress.ofLiteral(seen).getHostAddress();
  }

  private static String address(String router, boolean ipv6) {
    return router(router).addresses().stream()
        .filter(a -> a instanceof Inet6Address == ipv6)
        .findFirst()
        .orElseThrow()
        .getHostAddress();
  }

  private static LabRouter router(String id) {
    return SCENARIO.routers().stream()
        .filter(router -> router.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Double> matches(String output, String regex) {
    return Pattern.compile(regex)
        .matcher(output)
        .results()
        .map((MatchResult match) -> Double.valueOf(match.group(1)))
        .toList();
  }

  private static List<DelayLog.Entry> answers(long mark, InetAddress destination) {
    return lab().log().since(mark).stream()
        .filter(entry -> entry.destination().equals(destination) && entry.protocol() == 1)
        .toList();
  }

  private static LabDestination destination(int index) {
    return SCENARIO.destinations().get(index);
  }

  private static InetAddress address(LabDestination destination) {
    return destination.addresses().getFirst();
  }

  private static Lab lab() {
    if (running == null) {
      throw new IllegalStateException("the lab was not started");
    }
    return running;
  }
}
