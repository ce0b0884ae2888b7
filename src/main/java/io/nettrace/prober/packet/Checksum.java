package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum. */
final class Checksum {
  private Checksum() {}

  /** Sum of the 16-bit words from {@code from} to {@code to}, an odd byte padded with zero. */
  static int sum(ByteBuffer bytes, int from, int to) {
    long sum = 0;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += Short.toUnsignedInt(bytes.getShort(at));
    }
    if (at < to) {
      sum += Byte.toUnsignedInt(bytes.get(at)) << 8;
    }
    return fold(sum);
  }

  /** Sum of a pseudo header (RFC 793, RFC 8200 section 8.1) without the data's own sum. */
  static int pseudoHeader(
      long sourceHi, long sourceLo, long hi, long lo, int protocol, int length) {
    boolean ipv4 = AddressBits.isIpv4(hi, lo);
    long addresses =
        ipv4
            ? words(sourceLo & 0xffff_ffffL) + words(lo & 0xffff_ffffL)
            : words(sourceHi) + words(sourceLo) + words(hi) + words(lo);
    return fold(addresses + protocol + length);
  }

  static int add(int left, int right) {
    return fold((long) left + right);
  }

  static int complement(int sum) {
    return ~sum & 0xffff;
  }

  private static long words(long value) {
    return (value >>> 48) + (value >>> 32 & 0xffff) + (value >>> 16 & 0xffff) + (value & 0xffff);
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }
}
