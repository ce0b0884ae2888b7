package io.nettrace.scanner;

import io.nettrace.metric.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * IPv4 addresses that a packet to an IPv6 address may end at, because a tunnel reads them there.
 */
final class EmbeddedAddresses {
  private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/96"); // RFC 6052
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16"); // RFC 3056
  private static final Cidr TEREDO = Cidr.parse("2001::/32"); // RFC 4380

  private EmbeddedAddresses() {}

  static List<byte[]> in(byte[] address) {
    List<byte[]> found = new ArrayList<>();
    if (TRANSLATED.contains(address)) {
      found.add(at(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      found.add(at(address, 2));
    }
    if (TEREDO.contains(address)) {
      found.add(at(address, 4)); // its server
      found.add(inverted(at(address, 12))); // its client
    }
    if (isIsatap(address)) {
      found.add(at(address, 12));
    }
    return found;
  }

  /** RFC 5214: an interface identifier of 0000:5efe or 0200:5efe before the IPv4 address. */
  private static boolean isIsatap(byte[] address) {
    return address.length == 16
        && (address[8] & ~2) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && (address[11] & 0xff) == 0xfe;
  }

  private static byte[] at(byte[] address, int start) {
    return Arrays.copyOfRange(address, start, start + 4);
  }

  private static byte[] inverted(byte[] address) {
    for (int i = 0; i < address.length; i++) {
      address[i] = (byte) ~address[i];
    }
    return address;
  }
}
