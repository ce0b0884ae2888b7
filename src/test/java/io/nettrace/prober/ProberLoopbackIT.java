package io.nettrace.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProberLoopbackIT {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int CLOSED_PORT = 33_434;

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void rawModeReachesThisHostByEveryProtocol(Protocol protocol) throws IOException {
    try (Prober prober = open(ProbeMode.RAW)) {
      Endpoint endpoint = new Endpoint(LOOPBACK, CLOSED_PORT);
      Trace trace = prober.trace(TraceSpec.now(endpoint, protocol)).join();
      assertThat(trace.reached()).isTrue();
      assertThat(trace.hopCount()).isEqualTo(1);
      Burst burst = prober.burst(new BurstSpec(endpoint, protocol, 10, Duration.ZERO)).join();
      assertThat(burst.sent()).isEqualTo(10);
      assertThat(burst.received()).isPositive();
      assertThat(burst.mode()).isEqualTo(ProbeMode.RAW);
    }
  }

  @Test
  void connectModeMeasuresTheHandshakeAndSeesNoHops() throws IOException {
    try (Prober prober = open(ProbeMode.CONNECT);
        ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
      Endpoint endpoint = new Endpoint(LOOPBACK, server.getLocalPort());
      Burst burst = prober.burst(new BurstSpec(endpoint, Protocol.TCP, 10, Duration.ZERO)).join();
      assertThat(burst.received()).isEqualTo(10);
      Trace trace = prober.trace(TraceSpec.now(endpoint, Protocol.TCP)).join();
      assertThat(trace.end()).isEqualTo(TraceEnd.SEND_FAILED);
      assertThat(trace.hops()).isEmpty();
    }
  }

  @Test
  void whatAModeCannotSendIsASendFailureWithAReason() throws IOException {
    try (Prober prober = open(ProbeMode.CONNECT)) {
      Endpoint endpoint = new Endpoint(LOOPBACK, CLOSED_PORT);
      Burst burst = prober.burst(new BurstSpec(endpoint, Protocol.ICMP, 3, Duration.ZERO)).join();
      assertThat(burst.sendFailures()).isEqualTo(3);
      assertThat(burst.lossRatio()).isEmpty();
    }
  }

  @Test
  void aClosedProberEndsWhatIsUnderWay() throws IOException {
    Prober prober = open(ProbeMode.CONNECT);
    Endpoint endpoint = new Endpoint(LOOPBACK, CLOSED_PORT);
    var burst = prober.burst(new BurstSpec(endpoint, Protocol.TCP, 5, Duration.ofMinutes(1)));
    prober.close();
    assertThat(burst).isDone();
    assertThat(prober.trace(TraceSpec.now(endpoint, Protocol.TCP))).isCompletedExceptionally();
  }

  private static Prober open(ProbeMode mode) throws IOException {
    try {
      return Prober.open(ProberConfig.defaults().withMode(mode));
    } catch (IOException e) {
      Machine.LAB.require(Optional.of(mode + " mode is not allowed: " + e.getMessage()));
      throw e;
    }
  }
}
