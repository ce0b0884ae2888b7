package io.nettrace.prober.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Label stacks whose place is announced wrongly (RFC 4884): they stand 128 bytes in the quote. */
class WrongLengthOfQuoteTest {
  private static final int IP = 20;
  private static final int ICMP = 8;
  private static final int EXTENSION = 128;
  private static final MplsLabel LABEL = new MplsLabel(416_240, 0, true, 1);
  private static final InetAddress ROUTER_V6 = InetAddress.ofLiteral("2001:db8::9");
  private static final InetAddress TARGET_V6 = InetAddress.ofLiteral("2001:db8::7");

  private final Reply reply = new Reply();

  @ParameterizedTest(name = "{0}: length {1}")
  @CsvSource({
    "right, 32",
    "not given, 0",
    "inside the quote, 17",
    "one word short, 31",
    "behind the packet, 255",
    "bytes for words, 128"
  })
  void anIpv4LabelIsReadWhateverTheLengthSays(String what, int length) {
    ByteBuffer packet = ipv4(length);
    assertThat(ReplyDecoder.icmp4(packet, reply)).as(what).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).as(what).containsExactly(LABEL);
    assertThat(reply.id()).isEqualTo(0x4242);
    assertThat(reply.probe()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0}: length {1}")
  @CsvSource({
    "right, 16",
    "not given, 0",
    "words as in IPv4, 32",
    "half, 8",
    "behind the packet, 255",
    "one word short, 15"
  })
  void anIpv6LabelIsReadWhateverTheLengthSays(String what, int length) {
    ByteBuffer message = ipv6(length);
    assertThat(icmp6(message)).as(what).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).as(what).containsExactly(LABEL);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 0, 31, 255})
  void aSupposedStructureWithoutChecksumIsData(int length) {
    ByteBuffer packet = ipv4(length);
    packet.putShort(IP + ICMP + EXTENSION + 2, (short) 0);
    ReplyDecoderTest.repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).isEmpty();

    ByteBuffer message = ipv6(length);
    message.putShort(ICMP + EXTENSION + 2, (short) 0);
    assertThat(icmp6(message)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x30, 0x00})
  void aSupposedStructureOfAnotherVersionIsData(int version) {
    ByteBuffer packet = ipv4(17);
    int at = IP + ICMP + EXTENSION;
    packet.put(at, (byte) version).putShort(at + 2, (short) 0);
    packet.putShort(at + 2, (short) Checksum.complement(Checksum.sum(packet, at, packet.limit())));
    ReplyDecoderTest.repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).isEmpty();
  }

  @Test
  void aSupposedStructureWithWrongChecksumIsData() {
    ByteBuffer packet = ipv4(17);
    int at = IP + ICMP + EXTENSION + 2;
    packet.putShort(at, (short) (packet.getShort(at) ^ 1));
    ReplyDecoderTest.repairIcmpChecksum(packet);
    assertThat(ReplyDecoder.icmp4(packet, reply)).isEqualTo(ReplyVerdict.ACCEPTED);
    assertThat(reply.labels()).isEmpty();
  }

  private ReplyVerdict icmp6(ByteBuffer message) {
    return ReplyDecoder.icmp6(message, AddressBits.hi(ROUTER_V6), AddressBits.lo(ROUTER_V6), reply);
  }

  private static ByteBuffer ipv4(int length) {
    String hex =
        "450000a842f34000f801531cc6336407c000020a0b00f4ee0011000045000054123440000101691ac000020a"
            + "cb0071500800b5b642420007"
            + "00".repeat(100)
            + "2000785600080101659f0101";
    ByteBuffer packet = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    packet.put(IP + 5, (byte) length);
    ReplyDecoderTest.repairIcmpChecksum(packet);
    return packet;
  }

  /** The same as a raw ICMPv6 socket delivers it: the kernel has verified the checksum. */
  private static ByteBuffer ipv6(int length) {
    ByteBuffer message = ByteBuffer.allocate(ICMP + EXTENSION + 12);
    message.put(0, (byte) 3).put(4, (byte) length);
    message.put(ICMP, (byte) 0x60).putShort(ICMP + 4, (short) 56);
    message.put(ICMP + 6, (byte) 58).put(ICMP + 7, (byte) 1);
    message.put(ICMP + 24, TARGET_V6.getAddress());
    message.put(ICMP + 40, (byte) 128).putShort(ICMP + 44, (short) 0x4242);
    message.putShort(ICMP + 46, (short) 7);
    byte[] extension = HexFormat.of().parseHex("2000785600080101659f0101");
    return message.put(ICMP + EXTENSION, extension);
  }
}
