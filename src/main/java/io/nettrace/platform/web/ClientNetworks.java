package io.nettrace.platform.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The network behind an address, as limits count it: /24 of IPv4, /48 of IPv6. */
public final class ClientNetworks {
  private static final int IPV4_BYTES = 4;
  private static final int IPV4_PREFIX_BYTES = 3;
  private static final int IPV6_PREFIX_BYTES = 6;

  private ClientNetworks() {}

  /** The network in CIDR form; an address that is none stands for itself. */
  public static String of(String address) {
    byte[] bytes;
    try {
      bytes = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return address;
    }
    boolean four = bytes.length == IPV4_BYTES;
    int kept = four ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    return text(bytes) + "/" + kept * Byte.SIZE;
  }

  private static String text(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four or sixteen bytes are an address", e);
    }
  }
}
