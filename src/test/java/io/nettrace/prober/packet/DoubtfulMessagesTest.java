package io.nettrace.prober.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are believed by what they say, not by their type alone. */
class DoubtfulMessagesTest {
  private static final int IP = 20;
  private static final int ICMP = 8;
  private static final InetAddress ROUTER_V6 = InetAddress.ofLiteral("2001:db8::9");
  private static final InetAddress TARGET_V6 = InetAddress.ofLiteral("2001:db8::7");

  private final Reply reply = new Reply();

  @ParameterizedTest(name = "type {0} code {1}: {2}")
  @CsvSource({
    "11, 0, ACCEPTED",
    "11, 1, FOREIGN",
    "11, 2, FOREIGN",
    "3, 0, ACCEPTED",
    "3, 1, ACCEPTED",
    "3, 3, ACCEPTED",
    "3, 4, FOREIGN",
    "3, 13, ACCEPTED",
    "3, 15, ACCEPTED",
    "3, 16, FOREIGN",
    "3, 255, FOREIGN",
    "4, 0, FOREIGN",
    "5, 1, FOREIGN",
    "12, 0, FOREIGN",
    "12, 2, FOREIGN"
  })
  void anIpv4ErrorCountsByTypeAndCode(int type, int code, ReplyVerdict wanted) {
    ByteBuffer packet = Golden.packet("time-exceeded-28-bytes-v4");
    packet.put(IP, (byte) type).put(IP + 1, (byte) code);
    assertThat(icmp4(packet)).isEqualTo(wanted);
    if (wanted == ReplyVerdict.ACCEPTED) {
      assertThat(reply.icmpType()).isEqualTo(type);
      assertThat(reply.icmpCode()).isEqualTo(code);
    }
  }

  @ParameterizedTest(name = "type {0} code {1}: {2}")
  @CsvSource({
    "3, 0, ACCEPTED",
    "3, 1, FOREIGN",
    "1, 0, ACCEPTED",
    "1, 4, ACCEPTED",
    "1, 8, ACCEPTED",
    "1, 9, FOREIGN",
    "2, 0, FOREIGN",
    "4, 0, FOREIGN",
    "4, 1, FOREIGN",
    "137, 0, FOREIGN"
  })
  void anIpv6ErrorCountsByTypeAndCode(int type, int code, ReplyVerdict wanted) {
    ByteBuffer message = Golden.packet("time-exceeded-v6");
    message.put(0, (byte) type).put(1, (byte) code);
    assertThat(icmp6(message, ROUTER_V6)).isEqualTo(wanted);
  }

  @Test
  void anEchoReplyWithACodeIsNone() {
    ByteBuffer packet = Golden.packet("echo-reply-v4");
    packet.put(IP + 1, (byte) 1);
    assertThat(icmp4(packet)).isEqualTo(ReplyVerdict.MALFORMED);
    assertThat(icmp6(Golden.packet("echo-reply-v6").put(1, (byte) 1), TARGET_V6))
        .isEqualTo(ReplyVerdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "239.1.2.3", "255.255.255.255", "240.0.0.1"})
  void noHostAnswersFromSuchAnIpv4Address(String source) {
    for (String golden : new String[] {"time-exceeded-28-bytes-v4", "echo-reply-v4"}) {
      ByteBuffer packet = Golden.packet(golden);
      packet.put(12, InetAddress.ofLiteral(source).getAddress());
      assertThat(icmp4(packet)).as(golden).isEqualTo(ReplyVerdict.MALFORMED);
    }
    ByteBuffer segment = Golden.packet("syn-ack-v4");
    segment.put(12, InetAddress.ofLiteral(source).getAddress());
    assertThat(ReplyDecoder.tcp4(segment, reply)).isEqualTo(ReplyVerdict.MALFORMED);
  }

  @Test
  void noHostAnswersFromTheUnspecifiedAMulticastOrAMappedAddress() {
    ByteBuffer message = Golden.packet("time-exceeded-v6");
    assertThat(ReplyDecoder.icmp6(message, 0, 0, reply)).isEqualTo(ReplyVerdict.MALFORMED);
    long mapped = AddressBits.mapped(0xcb007109);
    assertThat(ReplyDecoder.icmp6(message, 0, mapped, reply)).isEqualTo(ReplyVerdict.MALFORMED);
    assertThat(icmp6(message, InetAddress.ofLiteral("ff02::1"))).isEqualTo(ReplyVerdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 40})
  void aQuoteWithIpOptionsNamesItsProbe(int options) {
    ByteBuffer golden = Golden.packet("time-exceeded-28-bytes-v4");
    int quote = IP + ICMP;
    ByteBuffer packet = ByteBuffer.allocate(golden.limit() + options);
    packet.put(golden.slice(0, quote + IP)).put(new byte[options]);
    packet.put(golden.slice(quote + IP, golden.limit() - quote - IP)).flip();
    packet.putShort(2, (short) packet.limit());
    packet.put(quote, (byte) (0x45 + options / 4));
    assertThat(icmp4(packet)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.probe()).isEqualTo(0x0102);
    packet.limit(packet.limit() - 1);
    assertThat(icmp4(packet)).isEqualTo(ReplyVerdict.TRUNCATED);
  }

  @ParameterizedTest(name = "header {0}: {2}")
  @CsvSource({
    "0, 3a00010400000000, ACCEPTED",
    "60, 3a0101040000000000000000000000ff, ACCEPTED",
    "43, 3a00000000000000, ACCEPTED",
    "44, 3a00000100000000, ACCEPTED",
    "44, 3a00000900000000, MALFORMED",
    "51, 3a01000000000000000000ff, ACCEPTED",
    "0, 3c000104000000003a00010400000000, ACCEPTED",
    "0, 3aff010400000000, TRUNCATED",
    "0, 3b00010400000000, FOREIGN"
  })
  void aProbeIsFoundBehindQuotedExtensionHeaders(int first, String headers, ReplyVerdict wanted) {
    byte[] extension = HexFormat.of().parseHex(headers);
    ByteBuffer golden = Golden.packet("time-exceeded-v6");
    int at = ICMP + 40;
    ByteBuffer message = ByteBuffer.allocate(golden.limit() + extension.length);
    message.put(golden.slice(0, at)).put(extension);
    message.put(golden.slice(at, golden.limit() - at)).flip();
    message.put(ICMP + 6, (byte) first);
    assertThat(icmp6(message, ROUTER_V6)).isEqualTo(wanted);
    if (wanted == ReplyVerdict.ACCEPTED) {
      assertThat(reply.probe()).isEqualTo(0x0102);
    }
  }

  @Test
  void extensionHeadersWithoutEndAreMalformed() {
    ByteBuffer message = ByteBuffer.allocate(ICMP + 40 + 400);
    message.put(0, (byte) 3).put(ICMP, (byte) 0x60);
    assertThat(icmp6(message, ROUTER_V6)).isEqualTo(ReplyVerdict.MALFORMED);
  }

  @Test
  void aQuotedUdpLengthIsToldToWhoKnowsWhatWasSent() {
    ByteBuffer packet = Golden.packet("port-unreachable-udp-v4");
    packet.putShort(IP + ICMP + IP + 4, (short) 1234);
    assertThat(icmp4(packet)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.dataBytes()).isEqualTo(1234);
  }

  @Test
  void anIpv6QuoteCutOffAnywhereIsTruncated() {
    ByteBuffer whole = Golden.packet("time-exceeded-v6");
    for (int length = 0; length < ICMP + 40 + 8; length++) {
      assertThat(icmp6(whole.slice(0, length), ROUTER_V6))
          .as("%d bytes", length)
          .isEqualTo(ReplyVerdict.TRUNCATED);
    }
  }

  private ReplyVerdict icmp4(ByteBuffer packet) {
    ReplyDecoderTest.repairIcmpChecksum(packet);
    return ReplyDecoder.icmp4(packet, reply);
  }

  private ReplyVerdict icmp6(ByteBuffer message, InetAddress from) {
    return ReplyDecoder.icmp6(message, AddressBits.hi(from), AddressBits.lo(from), reply);
  }
}
