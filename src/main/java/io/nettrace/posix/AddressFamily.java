package io.nettrace.posix;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IPv4 or IPv6, with the numbers Linux gives them. */
public enum AddressFamily {
  IPV4(2, 16),
  IPV6(10, 28);

  final int number;
  final int sockaddrBytes;

  AddressFamily(int number, int sockaddrBytes) {
    this.number = number;
    this.sockaddrBytes = sockaddrBytes;
  }

  /** Where in a socket address the address itself begins. */
  int addressOffset() {
    return this == IPV4 ? 4 : 8;
  }

  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }
}
