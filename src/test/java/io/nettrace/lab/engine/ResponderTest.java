package io.nettrace.lab.engine;

import static io.nettrace.lab.engine.ScenarioKit.DEAF;
import static io.nettrace.lab.engine.ScenarioKit.HOST;
import static io.nettrace.lab.engine.ScenarioKit.HOST_6;
import static io.nettrace.lab.engine.ScenarioKit.HOST_SECOND;
import static io.nettrace.lab.engine.ScenarioKit.NAMESERVER;
import static io.nettrace.lab.engine.ScenarioKit.VANTAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nettrace.lab.engine.LabCounters.Fate;
import io.nettrace.lab.packet.LabNameQuery;
import io.nettrace.lab.packet.ProbeBytes;
import io.nettrace.lab.packet.WireAddress;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabEvent.AnswerChange;
import io.nettrace.lab.scenario.LabEvent.DelayStep;
import io.nettrace.lab.scenario.LabEvent.Loss;
import io.nettrace.lab.scenario.LabEvent.Outage;
import io.nettrace.lab.scenario.LabEvent.Restore;
import io.nettrace.lab.scenario.LabEvent.RouteFlip;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int ICMP_TYPE = 20;
  private static final int QUOTED_TTL = 20 + 8 + 8;

  private final Responder responder = new Responder(Topology.of(ScenarioKit.scenario()));
  private final LabReply reply = new LabReply(1_536);
  private long now = 5 * SECOND;

  @Test
  void aProbeExpiresAtTheRouterOfItsTtlAfterThatRoutersDelay() {
    assertThat(echo(HOST, 1)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("198.18.1.1");
    assertThat(reply.dueNanos - now).isEqualTo(1_000_000);
    assertThat(reply.packet.bytes().get(ICMP_TYPE)).isEqualTo((byte) 11);
    assertThat(echo(HOST, 6)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("198.18.1.6");
    assertThat(reply.dueNanos - now).isEqualTo(6_000_000);
    assertThat(reply.packet.bytes().get(8)).as("TTL of the answer").isEqualTo((byte) 250);
    assertThat(reply.packet.bytes().get(QUOTED_TTL)).as("quoted TTL").isEqualTo((byte) 1);
  }

  @Test
  void theDestinationAnswersFromItsDistanceOnwards() {
    for (int ttl : new int[] {7, 8, 64, 255}) {
      assertThat(echo(HOST, ttl)).isEqualTo(Fate.ANSWERED);
      assertThat(responder()).isEqualTo(HOST);
      assertThat(reply.dueNanos - now).isEqualTo(7_000_000);
      assertThat(reply.packet.bytes().get(ICMP_TYPE)).as("echo reply").isEqualTo((byte) 0);
      assertThat(reply.packet.bytes().get(8)).as("TTL of the answer").isEqualTo((byte) 58);
    }
  }

  @Test
  void ipv6TakesTheSameRouteWithItsOwnAddresses() {
    ByteBuffer probe = ProbeBytes.echo("2001:db8::1", HOST_6, 6, 1, 1);
    assertThat(responder.respond(probe, probe.limit(), now, reply)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("2001:db8:1:0:0:0:0:6");
    assertThat(reply.packet.bytes().get(40)).as("time exceeded").isEqualTo((byte) 3);
  }

  @Test
  void oneFlowStaysOnOneBranchOfABalancer() {
    for (int flow = 0; flow < 20; flow++) {
      Set<String> branches = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        branches.add(udp(2, 30_000 + flow).substring("198.18.1.".length()));
      }
      String second = udp(3, 30_000 + flow).substring("198.18.1.".length());
      assertThat(branches).as("flow %d", flow).hasSize(1);
      assertThat(second)
          .as("flow %d keeps its branch", flow)
          .isEqualTo(branches.contains("2") ? "4" : "5");
    }
  }

  @Test
  void flowsSpreadOverTheBranches() {
    Set<String> seen = new HashSet<>();
    for (int flow = 0; flow < 40; flow++) {
      seen.add(udp(2, 30_000 + flow));
    }
    assertThat(seen).containsExactlyInAnyOrder("198.18.1.2", "198.18.1.3");
  }

  @Test
  void icmpFlowsAreToldApartByIdentifierAndChecksum() {
    Set<String> byIdentifier = new HashSet<>();
    Set<String> byChecksum = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      assertThat(echo(HOST, 2, i, 40 - i)).isEqualTo(Fate.ANSWERED); // the checksum is the same
      byIdentifier.add(responder());
      assertThat(echo(HOST, 2, 1, i)).isEqualTo(Fate.ANSWERED);
      byChecksum.add(responder());
    }
    assertThat(byIdentifier).hasSize(2);
    assertThat(byChecksum).hasSize(2);
  }

  @Test
  void aPerPacketBalancerSpreadsOneFlow() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      assertThat(echo(DEAF, 2)).isEqualTo(Fate.ANSWERED);
      seen.add(responder());
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void aSilentRouterCarriesPacketsButSaysNothing() {
    assertThat(echo(HOST, 4)).isEqualTo(Fate.SILENT);
    assertThat(echo(HOST, 7)).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void aRateLimitedRouterAnswersItsBurstAndThenAtItsRate() {
    assertThat(echo(HOST, 5)).isEqualTo(Fate.ANSWERED);
    assertThat(echo(HOST, 5)).isEqualTo(Fate.RATE_LIMITED);
    now += SECOND / 2;
    assertThat(echo(HOST, 5)).isEqualTo(Fate.RATE_LIMITED);
    now += SECOND / 2;
    assertThat(echo(HOST, 5)).isEqualTo(Fate.ANSWERED);
    assertThat(echo(HOST, 7)).as("packets pass all the same").isEqualTo(Fate.ANSWERED);
  }

  @Test
  void aHostThatIsDeafToAProtocolStaysSilent() {
    assertThat(echo(DEAF, 64)).isEqualTo(Fate.SILENT);
    assertThat(send(ProbeBytes.udp(VANTAGE, DEAF, 9, 33_434, new byte[4], 64)))
        .isEqualTo(Fate.SILENT);
    assertThat(send(ProbeBytes.tcp(VANTAGE, DEAF, 9, 80, 1, 2))).isEqualTo(Fate.SILENT);
    assertThat(send(ProbeBytes.tcp(VANTAGE, DEAF, 9, 443, 1, 2))).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void anAddressThatNobodyHasIsRefusedByTheFirstRouter() {
    assertThat(echo("203.0.113.1", 64)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("198.18.1.1");
    assertThat(reply.packet.bytes().get(ICMP_TYPE)).as("unreachable").isEqualTo((byte) 3);
    assertThat(reply.packet.bytes().get(ICMP_TYPE + 1)).as("net").isEqualTo((byte) 0);
  }

  @Test
  void aRouterCanBeProbedItself() {
    assertThat(echo("198.18.1.6", 64)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("198.18.1.6");
    assertThat(reply.dueNanos - now).isEqualTo(6_000_000);
    assertThat(reply.packet.bytes().get(ICMP_TYPE)).as("echo reply").isEqualTo((byte) 0);
  }

  @Test
  void aChecksumThatDoesNotHoldIsNoticedByTheDestinationOnly() {
    ByteBuffer probe = ProbeBytes.echo(VANTAGE, HOST, 6, 1, 1);
    probe.put(30, (byte) 0x55);
    assertThat(send(probe)).as("routers do not look").isEqualTo(Fate.ANSWERED);
    probe = ProbeBytes.echo(VANTAGE, HOST, 64, 1, 1);
    probe.put(30, (byte) 0x55);
    assertThat(send(probe)).isEqualTo(Fate.MALFORMED);
  }

  @Test
  void anIcmpErrorIsNeverAnsweredByAnError() {
    ByteBuffer probe = ProbeBytes.echo(VANTAGE, HOST, 1, 1, 1);
    probe.put(ICMP_TYPE, (byte) 3);
    assertThat(send(probe)).isEqualTo(Fate.IGNORED);
  }

  @Test
  void multicastIsIgnored() {
    assertThat(echo("224.0.0.2", 1)).isEqualTo(Fate.IGNORED);
  }

  @Test
  void aRouteFlipChangesTheHopsAndTheDelayUntilItIsUndone() {
    fire(new RouteFlip(List.of("host.test"), "other"));
    assertThat(echo(HOST, 2)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo("198.18.1.7");
    assertThat(echo(HOST, 4)).isEqualTo(Fate.ANSWERED);
    assertThat(responder()).isEqualTo(HOST);
    assertThat(reply.dueNanos - now).isEqualTo(30_000_000);
    undo(new RouteFlip(List.of("host.test"), "other"));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(7_000_000);
  }

  @Test
  void aDelayStepIsFeltThereAndBehindButNotBefore() {
    fire(new DelayStep("shy", 20));
    assertThat(echo(HOST, 3)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(3_000_000);
    assertThat(echo(HOST, 5)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(25_000_000);
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(27_000_000);
    undo(new DelayStep("shy", 20));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(7_000_000);
  }

  @Test
  void anOutageOfARouterCutsOffWhatIsBehindIt() {
    fire(new Outage("far.test"));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.LOST);
    assertThat(echo(HOST, 6)).isEqualTo(Fate.LOST);
    assertThat(echo(HOST, 3)).isEqualTo(Fate.ANSWERED);
    assertThat(echo(DEAF, 2)).isEqualTo(Fate.ANSWERED);
    undo(new Outage("far.test"));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
  }

  @Test
  void lossTakesItsShareOfPackets() {
    fire(new Loss("host.test", 0.25));
    int lost = 0;
    for (int i = 0; i < 4_000; i++) {
      lost += echo(HOST, 64) == Fate.LOST ? 1 : 0;
    }
    assertThat(lost / 4_000.0).isCloseTo(0.25, within(0.03));
    assertThat(echo(HOST, 3)).as("hops before are not affected").isEqualTo(Fate.ANSWERED);
    undo(new Loss("host.test", 0.25));
    for (int i = 0; i < 200; i++) {
      assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    }
  }

  @Test
  void whatIsOverDoesNotUndoWhatHasReplacedIt() {
    fire(new DelayStep("host.test", 5));
    fire(new DelayStep("host.test", 9));
    undo(new DelayStep("host.test", 5));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(16_000_000);
    fire(new Restore("host.test"));
    assertThat(echo(HOST, 64)).isEqualTo(Fate.ANSWERED);
    assertThat(reply.dueNanos - now).isEqualTo(7_000_000);
  }

  @Test
  void anEventAboutSomethingUnknownIsRefusedWithItsName() {
    assertThatThrownBy(() -> fire(new Outage("nobody.test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody.test");
    assertThatThrownBy(() -> fire(new RouteFlip(List.of("deaf.test"), "other")))
        .hasMessageContaining("other");
  }

  @Test
  void aNameResolvesToWhatTheLastAnswerChangeSaid() {
    assertThat(resolve("host.test", LabNameQuery.A))
        .endsWith("c6130001")
        .doesNotContain("c6130002");
    fire(new AnswerChange("host.test", ScenarioKit.literals(HOST_SECOND)));
    assertThat(resolve("host.test", LabNameQuery.A))
        .endsWith("c6130002")
        .doesNotContain("c6130001");
    assertThat(resolve("host.test", LabNameQuery.AAAA))
        .as("no error, no answer")
        .contains("85800001");
    undo(new AnswerChange("host.test", ScenarioKit.literals(HOST_SECOND)));
    assertThat(resolve("host.test", LabNameQuery.A)).endsWith("c6130001");
  }

  @Test
  void addressesResolveToNamesAndUnknownNamesDoNotExist() {
    assertThat(resolve("1.1.18.198.in-addr.arpa", LabNameQuery.PTR)).endsWith("026777047465737400");
    assertThat(resolve("nobody.test", LabNameQuery.A)).as("rcode 3").startsWith("abcd8583");
  }

  @Test
  void packetsBentInAnyWayNeverBreakTheResponder() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 60_000; i++) {
      byte[] bent = sample(random).array().clone();
      for (int bend = random.nextInt(0, 4); bend > 0; bend--) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      }
      ByteBuffer packet = ByteBuffer.wrap(bent);
      if (bent[0] >>> 4 == 4) {
        mendHeader(packet);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bent.length + 1) : bent.length;
      Fate fate = responder.respond(packet, length, now, reply);
      assertThat(fate == Fate.ANSWERED ? reply.length : 20)
          .as("seed %d", seed)
          .isBetween(20, 1_500);
    }
  }

  private static ByteBuffer sample(SplittableRandom random) {
    int ttl = random.nextInt(1, 10);
    byte[] question = new byte[30];
    random.nextBytes(question);
    question[4] = 0;
    question[5] = 1;
    return switch (random.nextInt(5)) {
      case 0 -> ProbeBytes.echo(VANTAGE, HOST, ttl, 1, 1);
      case 1 -> ProbeBytes.echo("2001:db8::1", HOST_6, ttl, 1, 1);
      case 2 -> ProbeBytes.udp(VANTAGE, HOST, 9, 33_434, new byte[20], ttl);
      case 3 -> ProbeBytes.udp(VANTAGE, NAMESERVER, 9, 53, question, 64);
      default -> ProbeBytes.tcp(VANTAGE, HOST, 9, 443, 1, random.nextInt(64));
    };
  }

  /** Makes the header's checksum right again, so that the damage is met further in. */
  private static void mendHeader(ByteBuffer packet) {
    int header = (packet.get(0) & 0x0f) * 4;
    if (header < 20 || header > packet.capacity()) {
      return;
    }
    packet.putShort(10, (short) 0);
    int sum = 0;
    for (int at = 0; at < header; at += 2) {
      sum += packet.getShort(at) & 0xffff;
    }
    packet.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
  }

  private String resolve(String name, int type) {
    ByteBuffer query = ByteBuffer.allocate(512);
    query.putInt(0xabcd0100).putInt(0x00010000).putInt(0).put(LabNameQuery.encoded(name));
    query.putShort((short) type).putShort((short) 1);
    byte[] payload = new byte[query.position()];
    query.flip().get(payload);
    assertThat(send(ProbeBytes.udp(VANTAGE, NAMESERVER, 5_000, 53, payload, 64)))
        .isEqualTo(Fate.ANSWERED);
    byte[] answer = new byte[reply.length - 28];
    reply.packet.bytes().get(28, answer);
    return HexFormat.of().formatHex(answer);
  }

  private String udp(int ttl, int sourcePort) {
    assertThat(send(ProbeBytes.udp(VANTAGE, HOST, sourcePort, 33_434, new byte[4], ttl)))
        .isEqualTo(Fate.ANSWERED);
    return responder();
  }

  private Fate echo(String to, int ttl) {
    return echo(to, ttl, 1, 1);
  }

  private Fate echo(String to, int ttl, int id, int sequence) {
    return send(ProbeBytes.echo(VANTAGE, to, ttl, id, sequence));
  }

  private Fate send(ByteBuffer probe) {
    return responder.respond(probe, probe.limit(), now, reply);
  }

  private String responder() {
    return new WireAddress(reply.responderHigh, reply.responderLow)
        .toInetAddress()
        .getHostAddress();
  }

  private void fire(LabEvent event) {
    responder.conditions(responder.conditions().after(event));
  }

  private void undo(LabEvent event) {
    responder.conditions(responder.conditions().undoing(event));
  }
}
