package io.nettrace.scanner;

import java.net.InetAddress;
import java.util.Arrays;

/** Addresses with a common beginning, and what they are for. */
record AddressRange(InetAddress network, int bits, String meaning) {

  static AddressRange of(String prefix, String meaning) {
    int slash = prefix.indexOf('/');
    return new AddressRange(
        InetAddress.ofLiteral(prefix.substring(0, slash)),
        Integer.parseInt(prefix.substring(slash + 1)),
        meaning);
  }

  boolean contains(byte[] address) {
    byte[] start = network.getAddress();
    int whole = bits / 8;
    int rest = bits % 8;
    return address.length == start.length
        && Arrays.equals(address, 0, whole, start, 0, whole)
        && (rest == 0 || ((address[whole] ^ start[whole]) & 0xff) >> (8 - rest) == 0);
  }
}
