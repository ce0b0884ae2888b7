package io.nettrace.prober.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReplyDecoderTest {
  private static final InetAddress TARGET = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress ROUTER = InetAddress.ofLiteral("203.0.113.9");
  private static final InetAddress TARGET_V6 = InetAddress.ofLiteral("2001:db8::7");
  private static final InetAddress ROUTER_V6 = InetAddress.ofLiteral("2001:db8::9");
  private static final MplsLabel[] STACK = {
    new MplsLabel(24_001, 3, false, 1), new MplsLabel(17, 0, true, 254)
  };

  private final Reply reply = new Reply();

  @Test
  void anEchoReplyNamesItsProbeAndTheDistanceItCameFrom() {
    assertThat(icmp4("echo-reply-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.ECHO_REPLY);
    assertThat(from()).isEqualTo(TARGET);
    assertThat(target()).isEqualTo(TARGET);
    assertThat(reply.id()).isEqualTo(0x4e54);
    assertThat(reply.probe()).isEqualTo(0x0102);
    assertThat(reply.hopLimit()).isEqualTo(57);
  }

  @Test
  void aRouterThatQuotesOnlyEightBytesStillNamesTheProbe() {
    assertThat(icmp4("time-exceeded-28-bytes-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.TIME_EXCEEDED);
    assertThat(from()).isEqualTo(ROUTER);
    assertThat(target()).isEqualTo(TARGET);
    assertThat(reply.probe()).isEqualTo(0x0102);
    assertThat(reply.hasLabels()).isFalse();
  }

  @Test
  void aLabelStackIsReadWhereRfc4884AnnouncesIt() {
    assertThat(icmp4("time-exceeded-mpls-rfc4950-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).containsExactly(STACK);
  }

  @Test
  void aLabelStackOfAnOlderRouterIsReadBehind128Bytes() {
    assertThat(icmp4("time-exceeded-mpls-unannounced-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).containsExactly(STACK);
  }

  @Test
  void aBrokenExtensionCostsTheLabelsButNotTheAnswer() {
    ByteBuffer packet = Golden.packet("time-exceeded-mpls-rfc4950-v4");
    int lastLabel = packet.limit() - 1;
    packet.put(lastLabel, (byte) (packet.get(lastLabel) ^ 1));
    repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.hasLabels()).isFalse();
  }

  @Test
  void aClosedUdpPortNamesTheProbeByItsChecksum() {
    assertThat(icmp4("port-unreachable-udp-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.UNREACHABLE);
    assertThat(reply.protocol()).isEqualTo(UdpProbe.PROTOCOL);
    assertThat(reply.id()).isEqualTo(40_001);
    assertThat(reply.port()).isEqualTo(33_434);
    assertThat(reply.probe()).isEqualTo(0x0777);
  }

  @Test
  void aQuotedSynNamesTheProbeByItsSequenceNumber() {
    assertThat(icmp4("time-exceeded-tcp-v4")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.protocol()).isEqualTo(TcpSyn.PROTOCOL);
    assertThat(reply.id()).isEqualTo(40_002);
    assertThat(reply.probe()).isEqualTo(0x5a5a_0033);
  }

  @Test
  void anAcceptedAndARefusedConnectionBothNameTheirSyn() {
    assertThat(ReplyDecoder.tcp4(Golden.packet("syn-ack-v4"), reply))
        .isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.SYN_ACK);
    assertThat(reply.probe()).isEqualTo(0x5a5a_0033);
    assertThat(ReplyDecoder.tcp4(Golden.packet("reset-v4"), reply))
        .isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.RESET);
    assertThat(reply.probe()).isEqualTo(0x5a5a_0033);
    assertThat(from()).isEqualTo(TARGET);
  }

  @Test
  void ipv6RepliesAreReadWithoutAnIpHeader() {
    assertThat(icmp6("echo-reply-v6")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.probe()).isEqualTo(0x0102);
    assertThat(icmp6("time-exceeded-v6")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(from()).isEqualTo(ROUTER_V6);
    assertThat(target()).isEqualTo(TARGET_V6);
    assertThat(icmp6("time-exceeded-mpls-rfc4950-v6")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).containsExactly(STACK);
    assertThat(icmp6("port-unreachable-udp-v6")).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.probe()).isEqualTo(0x0777);
  }

  @Test
  void aWrongChecksumIsNotAnAnswer() {
    ByteBuffer packet = Golden.packet("echo-reply-v4");
    packet.put(27, (byte) (packet.get(27) ^ 1));
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.BAD_CHECKSUM);
  }

  @Test
  void aQuoteCutOffAnywhereIsTruncated() {
    ByteBuffer whole = Golden.packet("time-exceeded-28-bytes-v4");
    for (int length = 28; length < 56; length++) {
      ByteBuffer cut = ByteBuffer.allocate(length).put(whole.slice(0, length)).flip();
      repairIcmpChecksum(cut);
      assertThat(ReplyDecoder.icmp4(cut, reply))
          .as("%d bytes", length)
          .isEqualTo(ReplyVerdict.TRUNCATED);
    }
  }

  @Test
  void aQuoteOfALaterFragmentIsMalformed() {
    ByteBuffer packet = Golden.packet("time-exceeded-28-bytes-v4");
    packet.putShort(28 + 6, (short) 100);
    repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.MALFORMED);
  }

  @Test
  void aQuoteOfAnotherProgramsEchoReplyIsForeign() {
    ByteBuffer packet = Golden.packet("time-exceeded-28-bytes-v4");
    packet.put(28 + 20, (byte) 0);
    repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.FOREIGN);
  }

  private ReplyVerdict icmp4(String name) {
    return ReplyDecoder.icmp4(Golden.packet(name), reply);
  }

  private ReplyVerdict icmp6(String name) {
    InetAddress from = name.startsWith("time") ? ROUTER_V6 : TARGET_V6;
    return ReplyDecoder.icmp6(
        Golden.packet(name), AddressBits.hi(from), AddressBits.lo(from), reply);
  }

  private InetAddress from() {
    return AddressBits.address(reply.fromHi(), reply.fromLo());
  }

  private InetAddress target() {
    return AddressBits.address(reply.targetHi(), reply.targetLo());
  }

  static void repairIcmpChecksum(ByteBuffer packet) {
    packet.putShort(22, (short) 0);
    int sum = Checksum.sum(packet, 20, packet.limit());
    packet.putShort(22, (short) Checksum.complement(sum));
  }
}
