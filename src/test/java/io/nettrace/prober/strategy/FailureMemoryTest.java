package io.nettrace.prober.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.HopState;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.prober.strategy.SimulatedNetwork.Line;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A failure is remembered as something to ask about again, never as a fact. */
class FailureMemoryTest {
  private static final long MILLI = 1_000_000;
  private static final EngineBounds RULES =
      new EngineBounds(10_000, 32, 3, 40 * MILLI, 2_000 * MILLI, 1_000, 1_000, 300, 50);

  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Engine engine =
      new Engine(network, RULES, Runnable::run, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void aTargetBehindSilentHopsIsReachedAgainByTheFirstTraceAfterAnOutage() {
    Line line = behindSilence();
    assertThat(trace().hopCount()).isEqualTo(12);
    line.deaf = true;
    assertThat(trace().end()).isEqualTo(TraceEnd.SILENCE);
    assertThat(trace().hopCount()).isEqualTo(8);
    line.deaf = false;
    Trace again = trace();
    assertThat(again.end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(again.hopCount()).isEqualTo(12);
  }

  @Test
  void aTargetSlowerThanTheLastRouterIsReachedAgainAfterAnOutage() {
    Line line = Line.of("10.0.0", 8, 1);
    line.rttMillis.put(9, 60.0);
    network.line("192.0.2.1", line);
    assertThat(trace().reached()).isTrue();
    line.deaf = true;
    assertThat(trace().end()).isEqualTo(TraceEnd.SILENCE);
    line.deaf = false;
    assertThat(burst().received()).isEqualTo(10);
    assertThat(trace().reached()).isTrue();
    assertThat(trace().reached()).isTrue();
  }

  @Test
  void aTargetWhoseFirstTraceFellIntoAnOutageIsReachedWhenItIsBack() {
    Line line = behindSilence();
    line.deaf = true;
    assertThat(trace().end()).isEqualTo(TraceEnd.SILENCE);
    assertThat(trace().end()).isEqualTo(TraceEnd.SILENCE);
    line.deaf = false;
    assertThat(trace().hopCount()).isEqualTo(12);
  }

  @Test
  void aBurstThatIsAnsweredRefutesTheTraceThatMissed() {
    Line line = behindSilence();
    line.deaf = true;
    trace();
    line.deaf = false;
    assertThat(burst().received()).isEqualTo(10);
    network.sent.clear();
    assertThat(trace().hopCount()).isEqualTo(12);
  }

  @Test
  void aTargetThatMovedFarBehindSilenceDuringAnOutageIsFoundInTheSameTrace() {
    Line line = behindSilence();
    trace();
    line.deaf = true;
    trace();
    Line moved = Line.of("10.0.0", 8, 1);
    moved.distance = 25;
    moved.rttMillis.put(25, 25.0);
    network.line("192.0.2.1", moved);
    assertThat(trace().hopCount()).isEqualTo(25);
  }

  @Test
  void aTraceWithExtraFlowsAndSpreadRecoversToo() {
    Line line = Line.of("10.0.0", 6, 1);
    line.routers.keySet().removeIf(ttl -> ttl > 4);
    network.line("192.0.2.1", line);
    assertThat(wideTrace().hopCount()).isEqualTo(7);
    line.deaf = true;
    assertThat(wideTrace().end()).isEqualTo(TraceEnd.SILENCE);
    assertThat(wideTrace().end()).isEqualTo(TraceEnd.SILENCE);
    line.deaf = false;
    assertThat(wideTrace().hopCount()).isEqualTo(7);
  }

  @Test
  void aFilteredPortTakesNothingFromAnOpenOneAtTheSameAddress() {
    Line line = Line.of("10.0.0", 6, 1);
    line.routers.keySet().removeIf(ttl -> ttl > 4);
    network.line("192.0.2.1", line);
    assertThat(tcp(443).hopCount()).isEqualTo(7);
    line.deaf = true;
    assertThat(tcp(9_999).end()).isEqualTo(TraceEnd.SILENCE);
    line.deaf = false;
    network.sent.clear();
    assertThat(tcp(443).hopCount()).isEqualTo(7);
    assertThat(network.sent)
        .as("the open port's path is still known")
        .allSatisfy(probe -> assertThat(probe.ttl()).isLessThanOrEqualTo(7));
  }

  @Test
  void anUnreachableFromOneHopDoesNotHideATargetThatAnswers() {
    Line line = Line.of("10.0.0", 8, 1);
    network.line("192.0.2.1", line);
    line.refusedOnce.put(3, 1);
    Trace first = trace();
    assertThat(first.end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(first.hopCount()).isEqualTo(9);
    assertThat(first.hops().get(2).state()).isEqualTo(HopState.ANSWERED);
    line.refusedOnce.put(3, 1);
    assertThat(trace().hopCount()).isEqualTo(9);
  }

  @Test
  void aRefusalThatLastedIsForgottenWhenTheTargetIsBack() {
    Line line = Line.of("10.0.0", 8, 1);
    network.line("192.0.2.1", line);
    trace();
    line.refusedFrom = 3;
    assertThat(trace().end()).isEqualTo(TraceEnd.UNREACHABLE);
    assertThat(trace().hopCount()).isEqualTo(3);
    line.refusedFrom = Integer.MAX_VALUE;
    assertThat(trace().hopCount()).isEqualTo(9);
  }

  @Test
  void aLineThatIsSlowFromItsFirstHopShowsItsHops() {
    Line line = new Line();
    for (int ttl = 1; ttl <= 6; ttl++) {
      line.hop(ttl, "10.0.0." + ttl, 1_200 + ttl);
    }
    line.distance = 7;
    line.rttMillis.put(7, 1_300.0);
    network.line("192.0.2.1", line);
    assertThat(burst().received()).isEqualTo(10);
    Trace trace = trace();
    assertThat(trace.end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(trace.hops()).allSatisfy(hop -> assertThat(hop.rttNanos()).isPresent());
  }

  @Test
  void aKnownLineThatBecameSlowKeepsItsHops() {
    Line line = Line.of("10.0.0", 6, 1);
    network.line("192.0.2.1", line);
    trace();
    line.rttMillis.replaceAll((_, _) -> 1_500.0);
    Trace trace = trace();
    assertThat(trace.end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(trace.hopCount()).isEqualTo(7);
  }

  /** It forgets a flow of which five probes in a row had no answer, and lets it pass never more. */
  @Test
  void lossEndsSoonAfterAnOutageThoughAMiddleboxDropsTheFlowThatWasSilent() {
    Line line = Line.of("10.0.0", 3, 1);
    network.line("192.0.2.1", line);
    network.dropsFlowAfter = 5;
    assertThat(burst().received()).isEqualTo(10);
    line.deaf = true;
    for (int i = 0; i < 3; i++) {
      assertThat(burst().received()).isZero();
    }
    line.deaf = false;
    int lost = 0;
    while (burst().received() == 0) {
      lost++;
    }
    assertThat(lost).isLessThanOrEqualTo(1);
    assertThat(burst().received()).isEqualTo(10);
    assertThat(trace().reached()).as("traces use the new flow too").isTrue();
  }

  @Test
  void oneLostBurstChangesNoFlow() {
    Line line = Line.of("10.0.0", 3, 1);
    network.line("192.0.2.1", line);
    line.deaf = true;
    burst();
    line.deaf = false;
    burst();
    assertThat(network.sent).extracting(SimulatedNetwork.Sent::flow).containsOnly(0);
  }

  @Test
  void aTraceOfWhichNoProbeLeftSaysSo() {
    network.line("192.0.2.1", Line.of("10.0.0", 8, 1));
    network.down = "sendmmsg probe: Network is down (errno 100)";
    assertThat(trace().end()).isEqualTo(TraceEnd.SEND_FAILED);
    network.down = null;
    assertThat(trace().reached()).isTrue();
    network.down = "sendmmsg probe: Network is unreachable (errno 101)";
    assertThat(trace().end()).isEqualTo(TraceEnd.SEND_FAILED);
    assertThat(wideTrace().end()).isEqualTo(TraceEnd.SEND_FAILED);
    network.down = null;
    assertThat(trace().hopCount()).isEqualTo(9);
  }

  /** Eight routers, three silent hops, the target at twelve. */
  private Line behindSilence() {
    Line line = Line.of("10.0.0", 11, 1);
    line.routers.keySet().removeIf(ttl -> ttl > 8);
    network.line("192.0.2.1", line);
    return line;
  }

  private Trace trace() {
    return run(engine.trace(target(), 443, Protocol.ICMP, 0, 0));
  }

  private Trace wideTrace() {
    return run(engine.trace(target(), 443, Protocol.ICMP, 3_000 * MILLI, 4));
  }

  private Trace tcp(int port) {
    return run(engine.trace(target(), port, Protocol.TCP, 0, 0));
  }

  private Burst burst() {
    return run(engine.burst(target(), 443, Protocol.ICMP, 10, 100 * MILLI));
  }

  private <T> T run(CompletableFuture<T> result) {
    for (int turns = 0; !result.isDone(); turns++) {
      assertThat(turns).as("turns until the result").isLessThan(1_000_000);
      engine.turn();
    }
    return result.join();
  }

  private static InetAddress target() {
    return InetAddress.ofLiteral("192.0.2.1");
  }
}
