package io.nettrace.prober.packet;

import java.nio.ByteBuffer;

/** Finds what stands behind the extension headers of a quoted IPv6 packet (RFC 8200, 4). */
final class Ipv6Extensions {
  static final long CUT_OFF = -1;
  static final long MALFORMED = -2;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOST_HEADERS = 8;

  private Ipv6Extensions() {}

  /** Where the transport header begins and its protocol, or why there is none. */
  static long skip(ByteBuffer packet, int from, int end, int firstHeader) {
    int at = from;
    int header = firstHeader & 0xff;
    for (int i = 0; i <= MOST_HEADERS; i++) {
      if (!isExtension(header)) {
        return (long) header << 32 | at;
      }
      if (end < at + 8) {
        return CUT_OFF;
      }
      if (header == FRAGMENT && (packet.getShort(at + 2) & 0xfff8) != 0) {
        return MALFORMED; // a later fragment has no transport header
      }
      int units = Byte.toUnsignedInt(packet.get(at + 1));
      int bytes =
          switch (header) {
            case FRAGMENT -> 8;
            case AUTHENTICATION -> (units + 2) * 4;
            default -> (units + 1) * 8;
          };
      header = Byte.toUnsignedInt(packet.get(at));
      at += bytes;
    }
    return MALFORMED;
  }

  static int protocol(long found) {
    return (int) (found >>> 32);
  }

  static int at(long found) {
    return (int) found;
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
      default -> false;
    };
  }
}
