package io.nettrace.lab.packet;

import java.nio.ByteBuffer;

/** The internet checksum (RFC 1071): ones' complement sums over big-endian 16-bit words. */
final class LabChecksum {
  private LabChecksum() {}

  /** Sum of {@code length} bytes from {@code offset}, an odd last byte padded with zero. */
  static long sum(ByteBuffer bytes, int offset, int length) {
    long sum = 0;
    int end = offset + (length & ~3);
    int i = offset;
    for (; i < end; i += 4) {
      sum += Integer.toUnsignedLong(bytes.getInt(i));
    }
    if ((length & 2) != 0) {
      sum += Short.toUnsignedInt(bytes.getShort(i));
      i += 2;
    }
    if ((length & 1) != 0) {
      sum += Byte.toUnsignedInt(bytes.get(i)) << 8;
    }
    return sum;
  }

  /**
   * Sum of the IPv6 pseudo-header (RFC 8200 section 8.1); of IPv4's too, as its zeros add nothing.
   */
  static long pseudoHeader(
      long sourceHigh, long sourceLow, long targetHigh, long targetLow, int protocol, int length) {
    return words(sourceHigh)
        + words(sourceLow)
        + words(targetHigh)
        + words(targetLow)
        + protocol
        + length;
  }

  /** The value that goes into a checksum field; 0xffff is never 0 here, callers decide for UDP. */
  static short fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (short) ~folded;
  }

  private static long words(long value) {
    return (value >>> 32) + (value & 0xffff_ffffL);
  }
}
