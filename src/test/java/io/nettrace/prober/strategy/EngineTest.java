package io.nettrace.prober.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopState;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final long MILLI = 1_000_000;
  private static final EngineBounds RULES =
      new EngineBounds(10_000, 32, 3, 40 * MILLI, 2_000 * MILLI, 1_000, 1_000, 300, 50);

  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Engine engine = engine(RULES);

  private Engine engine(EngineBounds rules) {
    return new Engine(network, rules, Runnable::run, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  @Test
  void anUnknownPathIsFoundHopByHopUpToTheTarget() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 13, 1));
    Trace trace = trace("192.0.2.1");
    assertThat(trace.end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(golden(trace))
        .isEqualTo(
            IntStream.rangeClosed(1, 13).mapToObj(t -> t + " 10.0.0." + t + " ANSWERED").toList()
                + "+14 192.0.2.1 DESTINATION");
    assertThat(trace.hops().get(4).rttNanos()).hasValue(5 * MILLI);
  }

  @Test
  void aKnownPathCostsExactlyOneProbePerHop() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 13, 1));
    trace("192.0.2.1");
    network.sent.clear();
    trace("192.0.2.1");
    assertThat(network.sent).extracting(SimulatedNetwork.Sent::ttl).hasSize(14);
    assertThat(network.sent)
        .extracting(SimulatedNetwork.Sent::ttl)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 14).boxed().toList());
  }

  @Test
  void whatIsFinishedIsNotKeptAlive() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 8, 2));
    List<WeakReference<Object>> finished = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      finished.add(
          new WeakReference<>(run(engine.burst(address("192.0.2.1"), 443, Protocol.ICMP, 10, 0))));
      finished.add(
          new WeakReference<>(run(engine.burst(address("192.0.2.99"), 443, Protocol.ICMP, 3, 0))));
      finished.add(new WeakReference<>(trace("192.0.2.1")));
    }
    for (int i = 0; i < 50 && finished.stream().anyMatch(one -> one.get() != null); i++) {
      System.gc();
    }
    assertThat(finished).allSatisfy(one -> assertThat(one.get()).isNull());
  }

  @Test
  void aLostAnswerIsAskedForAgainAfterTheHopsOwnDelay() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 8, 2);
    network.line("192.0.2.1", line);
    trace("192.0.2.1");
    network.sent.clear();
    line.lostFirst.put(5, 1);
    Trace trace = trace("192.0.2.1");
    assertThat(trace.hops().get(4).state()).isEqualTo(HopState.ANSWERED);
    List<Long> times =
        network.sent.stream()
            .filter(probe -> probe.ttl() == 5)
            .map(SimulatedNetwork.Sent::nanos)
            .toList();
    assertThat(times).hasSize(2);
    assertThat(times.get(1) - times.get(0)).isBetween(52 * MILLI, 54 * MILLI);
  }

  @Test
  void everyAttemptCountsTowardsTheLossOfAHop() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 8, 2);
    network.line("192.0.2.1", line);
    trace("192.0.2.1");
    line.lostFirst.put(5, 1);
    PathReport report = run(engine.traceReport(address("192.0.2.1"), 443, Protocol.ICMP, 0, 0));
    assertThat(report.probes())
        .hasSize(9)
        .allMatch(
            probes -> probes.equals(new HopProbes(probes.ttl(), probes.ttl() == 5 ? 2 : 1, 1)));
  }

  @Test
  void aHopThatNeverAnswersLostWhatItWasSent() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 9, 1);
    line.routers.remove(4);
    network.line("192.0.2.1", line);
    for (int i = 0; i < 3; i++) {
      PathReport report = run(engine.traceReport(address("192.0.2.1"), 443, Protocol.ICMP, 0, 0));
      HopProbes silent = report.probes().get(3);
      assertThat(silent.sent()).isPositive();
      assertThat(silent.received()).isZero();
    }
  }

  @Test
  void aHopKnownToBeSilentHoldsNoTraceUp() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 9, 1);
    line.routers.remove(4);
    network.line("192.0.2.1", line);
    trace("192.0.2.1");
    trace("192.0.2.1");
    long before = network.nanoTime();
    AtomicLong finished = new AtomicLong();
    Trace trace =
        run(
            engine
                .trace(address("192.0.2.1"), 443, Protocol.ICMP, 0, 0)
                .whenComplete((_, _) -> finished.set(network.nanoTime())));
    assertThat(finished.get() - before).isLessThan(15 * MILLI);
    assertThat(trace.hops().get(3)).isEqualTo(Hop.silent(4));
    assertThat(trace.reached()).isTrue();
  }

  @Test
  void aPathThatGrewIsFollowedInTheSameTrace() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 9, 1));
    trace("192.0.2.1");
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.1", 14, 1));
    Trace trace = trace("192.0.2.1");
    assertThat(trace.reached()).isTrue();
    assertThat(trace.hopCount()).isEqualTo(15);
  }

  @Test
  void aPathThatShrankEndsAtTheTarget() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 14, 1));
    trace("192.0.2.1");
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.1", 9, 1));
    Trace trace = trace("192.0.2.1");
    assertThat(trace.hopCount()).isEqualTo(10);
    assertThat(trace.hops().getLast().state()).isEqualTo(HopState.DESTINATION);
  }

  @Test
  void aDeafTargetEndsInSilenceBehindTheLastHop() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 11, 1);
    line.deaf = true;
    network.line("192.0.2.1", line);
    Trace trace = trace("192.0.2.1");
    assertThat(trace.end()).isEqualTo(TraceEnd.SILENCE);
    assertThat(trace.hopCount()).isEqualTo(11);
    assertThat(trace.totalRttNanos()).isEmpty();
  }

  @Test
  void aRouterThatRefusesEndsTheTraceAsUnreachable() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 11, 1);
    line.refusedFrom = 6;
    network.line("192.0.2.1", line);
    Trace trace = trace("192.0.2.1");
    assertThat(trace.end()).isEqualTo(TraceEnd.UNREACHABLE);
    assertThat(trace.hops().getLast().state()).isEqualTo(HopState.UNREACHABLE);
    assertThat(trace.hopCount()).isEqualTo(6);
  }

  @Test
  void extraFlowsShowWhatSharesTheLoadAndOneFlowDoesNot() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 7, 1));
    network.balanced.put(
        InetAddress.ofLiteral("192.0.2.1"),
        Map.of(4, new String[] {"10.0.4.1", "10.0.4.2", "10.0.4.3"}));
    Trace plain = trace("192.0.2.1");
    assertThat(plain.hops().get(3).state()).isEqualTo(HopState.ANSWERED);
    Trace wide = run(engine.trace(address("192.0.2.1"), 443, Protocol.ICMP, 0, 6));
    assertThat(wide.hops().get(3).state()).isEqualTo(HopState.BALANCED);
    assertThat(wide.hops().get(3).addresses()).hasSize(3);
    assertThat(wide.hops().get(3).replies().getFirst())
        .isEqualTo(plain.hops().get(3).replies().getFirst());
    assertThat(wide.hops().get(2).state()).isEqualTo(HopState.ANSWERED);
  }

  @Test
  void theSlowestTargetIsAskedFirst() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.1", 9, 1));
    network.line("192.0.2.2", SimulatedNetwork.Line.of("10.0.2", 9, 20));
    traces(2);
    network.sent.clear();
    traces(2);
    assertThat(network.sent.getFirst().address()).isEqualTo(address("192.0.2.2"));
    assertThat(network.sent.getLast().address()).isEqualTo(address("192.0.2.1"));
  }

  @Test
  void neverMorePacketsASecondThanAllowed() {
    Engine slow =
        engine(new EngineBounds(100, 32, 3, 40 * MILLI, 2_000 * MILLI, 1_000, 1_000, 300, 50));
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.1", 9, 1));
    CompletableFuture<Burst> burst = slow.burst(address("192.0.2.1"), 443, Protocol.ICMP, 50, 0);
    while (!burst.isDone()) {
      slow.turn();
    }
    for (int i = 1; i < network.sent.size(); i++) {
      long gap = network.sent.get(i).nanos() - network.sent.get(i - 1).nanos();
      assertThat(gap).isGreaterThanOrEqualTo(10 * MILLI - 1);
    }
    assertThat(burst.join().received()).isEqualTo(50);
  }

  @Test
  void aRouterSharedByManyPathsIsLearnedNotToBeAskedTooFast() {
    for (int i = 1; i <= 40; i++) {
      SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0." + i, 9, 1);
      line.hop(2, "10.0.0.2", 0.5);
      network.line("192.0.2." + i, line);
    }
    network.limits.put("10.0.0.2", new Pacer(50, 10));
    traces(40);
    for (int round = 0; round < 8; round++) {
      network.pause(3_000);
      traces(40);
    }
    network.pause(3_000);
    network.refusals = 0;
    List<Trace> last = traces(40);
    assertThat(network.refusals).isLessThanOrEqualTo(2);
    assertThat(last).allSatisfy(trace -> assertThat(trace.hops().get(1).rttNanos()).isPresent());
    assertThat(last.getFirst().hops().get(1).state()).isEqualTo(HopState.RATE_LIMITED);
  }

  @Test
  void probesSpreadOverATimeDoNotMeetAtASharedRouter() {
    for (int i = 1; i <= 40; i++) {
      SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0." + i, 9, 1);
      line.hop(2, "10.0.0.2", 0.5);
      network.line("192.0.2." + i, line);
    }
    traces(40);
    network.limits.put("10.0.0.2", new Pacer(10, 2));
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      pending.add(engine.trace(address("192.0.2." + i), 443, Protocol.ICMP, 10_000 * MILLI, 0));
    }
    pending.forEach(this::run);
    assertThat(network.refusals).isZero();
  }

  @Test
  void aLostPacketOfABurstHasNoDelay() {
    SimulatedNetwork.Line line = SimulatedNetwork.Line.of("10.0.0", 3, 1);
    network.line("192.0.2.1", line);
    line.lostFirst.put(64, 3);
    Burst burst = run(engine.burst(address("192.0.2.1"), 443, Protocol.ICMP, 10, 100 * MILLI));
    assertThat(burst.sent()).isEqualTo(10);
    assertThat(burst.received()).isEqualTo(7);
    assertThat(burst.lossRatio()).hasValue(0.3);
    assertThat(burst.delays().orElseThrow().minNanos()).isEqualTo(4 * MILLI);
  }

  @Test
  void whatCannotBeSentIsNeitherLostNorAnswered() {
    Trace trace = run(engine.trace(address("192.0.2.99"), 443, Protocol.ICMP, 0, 0));
    assertThat(trace.end()).isEqualTo(TraceEnd.SEND_FAILED);
    Burst burst = run(engine.burst(address("192.0.2.99"), 443, Protocol.ICMP, 10, 0));
    assertThat(burst.sent()).isZero();
    assertThat(burst.sendFailures()).isEqualTo(10);
    assertThat(burst.lossRatio()).isEmpty();
  }

  @Test
  void moreMeasurementsThanAllowedAreRefusedAtOnce() {
    network.line("192.0.2.1", SimulatedNetwork.Line.of("10.0.0", 3, 1));
    Engine small = engine(new EngineBounds(100, 32, 3, MILLI, MILLI, 1, 10, 300, 50));
    assertThat(small.trace(address("192.0.2.1"), 443, Protocol.ICMP, 0, 0)).isNotDone();
    assertThat(small.trace(address("192.0.2.1"), 443, Protocol.ICMP, 0, 0))
        .isCompletedExceptionally();
  }

  private Trace trace(String address) {
    return run(engine.trace(address(address), 443, Protocol.ICMP, 0, 0));
  }

  private List<Trace> traces(int count) {
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pending.add(engine.trace(address("192.0.2." + i), 443, Protocol.ICMP, 0, 0));
    }
    return pending.stream().map(this::run).toList();
  }

  private <T> T run(CompletableFuture<T> result) {
    for (int turns = 0; !result.isDone(); turns++) {
      assertThat(turns).as("turns until the result").isLessThan(1_000_000);
      engine.turn();
    }
    return result.join();
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static String golden(Trace trace) {
    List<String> hops =
        trace.hops().stream().map(hop -> hop.ttl() + " " + first(hop) + " " + hop.state()).toList();
    return hops.subList(0, hops.size() - 1) + "+" + hops.getLast();
  }

  private static String first(Hop hop) {
    return hop.replies().isEmpty() ? "*" : hop.replies().getFirst().address().getHostAddress();
  }
}
