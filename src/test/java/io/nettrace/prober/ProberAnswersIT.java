package io.nettrace.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.Lab;
import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.prober.ScriptedPath.Packets;
import io.nettrace.prober.ScriptedPath.Target;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in forms other than the usual one, to real sockets. */
class ProberAnswersIT {
  private static final Duration NEAR = Duration.ofMillis(40);
  private static final Duration FAR = Duration.ofMillis(650);
  private static final int RST = 0x04;
  private static final int RST_ACK = 0x14;
  private static final UnaryOperator<byte[]> AS_SENT = UnaryOperator.identity();
  private static final Target CLOSED_PORT =
      packet ->
          List.of(
              packet[0] >>> 4 == 6
                  ? Packets.error(ScriptedPath.TARGET_V6, 1, 4, packet)
                  : Packets.error(ScriptedPath.TARGET, 3, 3, packet));

  private record Measured(Trace trace, Burst burst) {}

  @BeforeAll
  static void networksCanBeMadeHere() {
    Machine.LAB.require(Lab.unavailable());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xdeadbeef})
  void aResetWithoutAckIsTheTargetsAnswer(int acknowledgement) throws IOException {
    Measured measured =
        measure(4, packet -> List.of(Packets.tcp(packet, RST, acknowledgement)), Protocol.TCP, 443);
    assertThat(measured.trace().end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(measured.trace().hopCount()).isEqualTo(5);
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  @Test
  void anAcknowledgementOfTheSynsOwnNumberIsNeverTheNeighboursDelay() throws IOException {
    Target target = packet -> List.of(Packets.tcp(packet, RST_ACK, Packets.sequence(packet)));
    Burst burst = measure(3, target, Protocol.TCP, 443).burst();
    assertThat(burst.received()).isEqualTo(5);
    assertThat(burst.delays().orElseThrow().maxNanos()).isLessThan(35_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 0xdeadbeef})
  void aResetThatAcknowledgesSomethingElseIsDropped(int acknowledgement) throws IOException {
    Target target = packet -> List.of(Packets.tcp(packet, RST_ACK, acknowledgement));
    assertThat(measure(3, target, Protocol.TCP, 443).burst().received()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 26_797, 40_503, 0})
  void hopsBehindATranslatorThatShiftsUdpChecksumsAreAllSeen(int shift) throws IOException {
    UnaryOperator<byte[]> translated =
        packet -> {
          int at = Packets.transportAt(packet) + 6;
          ByteBuffer bytes = ByteBuffer.wrap(packet);
          int checksum = Short.toUnsignedInt(bytes.getShort(at));
          bytes.putShort(at, (short) (shift == 0 ? 0 : Packets.fold(checksum + shift)));
          return packet;
        };
    assertWhole(8, CLOSED_PORT, translated, Protocol.UDP);
  }

  @Test
  void hopsBehindATranslatorThatDoesNotPutTheSourcePortBackAreAllSeen() throws IOException {
    assertWhole(8, CLOSED_PORT, word(0, 4_711), Protocol.UDP);
  }

  @Test
  void hopsBehindAFirewallThatRewritesSequenceNumbersAreAllSeen() throws IOException {
    Target accepts = packet -> List.of(Packets.tcp(packet, 0x12, Packets.sequence(packet) + 1));
    assertWhole(8, accepts, word(4, 0x1234), Protocol.TCP);
  }

  @Test
  void hopsBehindATranslatorThatDoesNotPutTheIcmpIdentifierBackAreAllSeen() throws IOException {
    Target pings = packet -> List.of(Packets.echoReply(ScriptedPath.TARGET, packet));
    assertWhole(8, pings, word(4, 0x4711), Protocol.ICMP);
  }

  @Test
  void aQuoteWithIpOptionsStillNamesItsProbe() throws IOException {
    UnaryOperator<byte[]> withOptions =
        packet -> {
          ByteBuffer longer = ByteBuffer.allocate(packet.length + 4);
          longer.put(packet, 0, 20).putInt(0x0101_0100).put(packet, 20, packet.length - 20);
          return longer.put(0, (byte) 0x46).array();
        };
    assertWhole(4, CLOSED_PORT, withOptions, Protocol.UDP);
  }

  @ParameterizedTest
  @CsvSource({"false,RAW", "true,RAW", "false,UNPRIVILEGED", "true,UNPRIVILEGED"})
  void theReplyOfAUdpServiceCounts(boolean ipv6, ProbeMode mode) throws IOException {
    Target service = packet -> List.of(Packets.udp(packet, new byte[12]));
    Measured measured = measure(5, service, AS_SENT, Protocol.UDP, 53, ipv6, mode);
    assertThat(measured.trace().end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(measured.trace().hopCount()).isEqualTo(6);
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  @Test
  void aTraceAndABurstAtOnceBothSeeEveryReplyOfAUdpService() throws IOException {
    Target service = packet -> List.of(Packets.udp(packet, new byte[12]));
    try (ScriptedPath path = new ScriptedPath(5, service.behind(NEAR), AS_SENT);
        Prober prober = open(path, ProbeMode.RAW)) {
      Endpoint endpoint = new Endpoint(ScriptedPath.TARGET, 53);
      CompletableFuture<Trace> trace = prober.trace(TraceSpec.now(endpoint, Protocol.UDP));
      CompletableFuture<Burst> burst =
          prober.burst(new BurstSpec(endpoint, Protocol.UDP, 5, Duration.ofMillis(10)));
      assertThat(trace.join().hopCount()).isEqualTo(6);
      assertThat(burst.join().received()).isEqualTo(5);
    }
  }

  /** Its first answers come when an answer from nearer would have been given up. */
  @ParameterizedTest
  @CsvSource({"false,RAW", "true,RAW", "false,UNPRIVILEGED", "true,UNPRIVILEGED"})
  void theReplyOfAUdpServiceThatIsFarAwayIsNeverTheNextAttempts(boolean ipv6, ProbeMode mode)
      throws IOException {
    Target service = packet -> List.of(Packets.udp(packet, new byte[12]));
    Target far = service.behind(FAR);
    Measured measured = measure(5, far, AS_SENT, Protocol.UDP, 53, ipv6, mode);
    assertThat(measured.trace().end()).isEqualTo(TraceEnd.DESTINATION_REACHED);
    assertThat(measured.trace().hopCount()).isEqualTo(6);
    assertThat(measured.trace().hops().getLast().rttNanos().orElseThrow())
        .isGreaterThanOrEqualTo(FAR.toNanos());
    assertThat(measured.burst().received()).isEqualTo(5);
    assertThat(measured.burst().delays().orElseThrow().minNanos())
        .isGreaterThanOrEqualTo(FAR.toNanos());
  }

  @Test
  void aResetWithoutAckFromFarAwayIsNeverTheNextAttempts() throws IOException {
    Target refuses = packet -> List.of(Packets.tcp(packet, RST, 0));
    Measured measured = measure(9, refuses.behind(FAR), Protocol.TCP, 443);
    assertThat(measured.trace().hopCount()).isEqualTo(10);
    assertThat(measured.trace().hops().getLast().rttNanos().orElseThrow())
        .isGreaterThanOrEqualTo(FAR.toNanos());
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.81,RAW",
    "2001:db8:80::81,RAW",
    "203.0.113.81,UNPRIVILEGED",
    "2001:db8:80::81,UNPRIVILEGED"
  })
  void anEchoReplyFromAnotherAddressOfTheHostCountsAndNamesIt(String other, ProbeMode mode)
      throws IOException {
    InetAddress from = InetAddress.ofLiteral(other);
    boolean ipv6 = other.contains(":");
    Target target = packet -> List.of(Packets.echoReply(from, packet));
    Measured measured = measure(5, target, AS_SENT, Protocol.ICMP, 443, ipv6, mode);
    assertThat(measured.trace().reached()).isTrue();
    assertThat(measured.trace().hopCount()).isEqualTo(6);
    assertThat(measured.trace().hops().getLast().addresses()).containsExactly(from);
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"ICMP,RAW", "UDP,RAW", "TCP,RAW", "ICMP,UNPRIVILEGED", "UDP,UNPRIVILEGED"})
  void aRefusalByTheTargetItselfIsItsAnswer(Protocol protocol, ProbeMode mode) throws IOException {
    Target filtered = packet -> List.of(Packets.error(ScriptedPath.TARGET, 3, 13, packet));
    Measured measured = measure(3, filtered, AS_SENT, protocol, 443, false, mode);
    assertThat(measured.trace().reached()).isTrue();
    assertThat(measured.trace().hopCount()).isEqualTo(4);
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"ICMP,RAW", "UDP,RAW", "TCP,RAW", "ICMP,UNPRIVILEGED", "UDP,UNPRIVILEGED"})
  void probesThatARouterRefusesAreLostWithItsAddressTypeAndCode(Protocol protocol, ProbeMode mode)
      throws IOException {
    InetAddress router = InetAddress.ofLiteral("10.0.0.9");
    Target filtered = packet -> List.of(Packets.error(router, 3, 13, packet));
    Burst burst = measure(3, filtered, AS_SENT, protocol, 443, false, mode).burst();
    assertThat(burst.received()).isZero();
    assertThat(burst.losses())
        .containsExactly(new LossReason(5, router, Optional.of(new Refusal(3, 13))));
  }

  @Test
  void aPingSocketWhoseIdentifierIsAnsweredNoMoreIsReplacedByAnother() throws IOException {
    AtomicInteger deafTo = new AtomicInteger(-1);
    Target target =
        packet -> {
          int identifier = ByteBuffer.wrap(packet).getShort(Packets.transportAt(packet) + 4);
          boolean first = deafTo.compareAndSet(-1, identifier);
          return first || deafTo.get() == identifier
              ? List.of()
              : List.of(Packets.echoReply(ScriptedPath.TARGET, packet));
        };
    try (ScriptedPath path = new ScriptedPath(1, target, AS_SENT);
        Prober prober = open(path, ProbeMode.UNPRIVILEGED)) {
      BurstSpec spec =
          new BurstSpec(
              new Endpoint(ScriptedPath.TARGET, 443), Protocol.ICMP, 3, Duration.ofMillis(20));
      assertThat(prober.burst(spec).join().received()).isZero();
      int lost = 1;
      while (prober.burst(spec).join().received() == 0) {
        assertThat(++lost).as("bursts lost").isLessThan(4);
      }
      assertThat(prober.burst(spec).join().received()).as("it stays with it").isEqualTo(3);
    }
  }

  @Test
  void aWrongIdentifierOrSequenceIsStillDropped() throws IOException {
    Target wrong =
        packet -> {
          byte[] changed = packet.clone();
          changed[Packets.transportAt(packet) + 4] ^= 1;
          byte[] other = packet.clone();
          other[Packets.transportAt(packet) + 7] ^= 1;
          return List.of(
              Packets.echoReply(ScriptedPath.TARGET, changed),
              Packets.echoReply(ScriptedPath.TARGET, other));
        };
    assertThat(measure(3, wrong, Protocol.ICMP, 443).burst().received()).isZero();
  }

  private static void assertWhole(
      int routers, Target target, UnaryOperator<byte[]> quoted, Protocol protocol)
      throws IOException {
    Measured measured = measure(routers, target, quoted, protocol, 33_434, false, ProbeMode.RAW);
    assertThat(measured.trace().reached()).isTrue();
    assertThat(measured.trace().hopCount()).isEqualTo(routers + 1);
    for (int ttl = 1; ttl <= routers; ttl++) {
      assertThat(measured.trace().hops().get(ttl - 1).addresses())
          .as("hop %d", ttl)
          .containsExactly(InetAddress.ofLiteral("10.0.0." + ttl));
    }
    assertThat(measured.burst().received()).isEqualTo(5);
  }

  private static UnaryOperator<byte[]> word(int offset, int value) {
    return packet -> {
      ByteBuffer.wrap(packet).putShort(Packets.transportAt(packet) + offset, (short) value);
      return packet;
    };
  }

  private static Measured measure(int routers, Target target, Protocol protocol, int port)
      throws IOException {
    return measure(routers, target, AS_SENT, protocol, port, false, ProbeMode.RAW);
  }

  private static Measured measure(
      int routers,
      Target target,
      UnaryOperator<byte[]> quoted,
      Protocol protocol,
      int port,
      boolean ipv6,
      ProbeMode mode)
      throws IOException {
    InetAddress address = ipv6 ? ScriptedPath.TARGET_V6 : ScriptedPath.TARGET;
    try (ScriptedPath path = new ScriptedPath(routers, target, quoted);
        Prober prober = open(path, mode)) {
      Endpoint endpoint = new Endpoint(address, port);
      Trace trace = prober.trace(TraceSpec.now(endpoint, protocol)).join();
      Burst burst =
          prober.burst(new BurstSpec(endpoint, protocol, 5, Duration.ofMillis(200))).join();
      return new Measured(trace, burst);
    }
  }

  private static Prober open(ScriptedPath path, ProbeMode mode) throws IOException {
    return Prober.open(
        ProberConfig.defaults()
            .withPacketsPerSecond(10_000)
            .withNetns(path.namespace())
            .withMode(mode));
  }
}
