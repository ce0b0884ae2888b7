package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/**
 * Reads what routers append to ICMP errors (RFC 4884): MPLS label stacks (RFC 4950). Extensions
 * that are broken are passed over; the error itself still counts.
 */
final class IcmpExtensions {
  private static final int VERSION = 2;
  private static final int HEADER_BYTES = 4;
  private static final int OBJECT_HEADER_BYTES = 4;
  private static final int MPLS_CLASS = 1;
  private static final int INCOMING_STACK = 1;

  /** Where routers older than RFC 4884 put them: the quote is padded to 128 bytes. */
  private static final int UNANNOUNCED_QUOTE_BYTES = 128;

  private IcmpExtensions() {}

  /**
   * @param quote where the quoted packet begins, {@code quoteBytes} its announced length or 0
   */
  static void read(ByteBuffer message, int quote, int quoteBytes, int end, Reply reply) {
    int announced = quote + quoteBytes;
    int usual = quote + UNANNOUNCED_QUOTE_BYTES;
    if (quoteBytes > 0 && isStructure(message, announced, end, true)) {
      objects(message, announced + HEADER_BYTES, end, reply);
    } else if (isStructure(message, usual, end, false)) {
      objects(message, usual + HEADER_BYTES, end, reply);
    }
  }

  /**
   * Where a length announces it, a structure may come without checksum (RFC 4884, 7); where it is
   * only supposed, only a right checksum tells it from data.
   */
  private static boolean isStructure(ByteBuffer message, int at, int end, boolean announced) {
    if (at + HEADER_BYTES + OBJECT_HEADER_BYTES > end || message.get(at) >>> 4 != VERSION) {
      return false;
    }
    return message.getShort(at + 2) == 0 ? announced : Checksum.sum(message, at, end) == 0xffff;
  }

  private static void objects(ByteBuffer message, int from, int end, Reply reply) {
    int at = from;
    while (at + OBJECT_HEADER_BYTES <= end) {
      int length = Short.toUnsignedInt(message.getShort(at));
      if (length < OBJECT_HEADER_BYTES || at + length > end) {
        return;
      }
      if (message.get(at + 2) == MPLS_CLASS && message.get(at + 3) == INCOMING_STACK) {
        for (int entry = at + OBJECT_HEADER_BYTES; entry + 4 <= at + length; entry += 4) {
          reply.addLabel(message.getInt(entry));
        }
      }
      at += length;
    }
  }
}
