package io.nettrace.lab.scenario;

import java.net.InetAddress;

/** Addresses for people: IPv6 as RFC 5952 writes it, the first run of zeros left out. */
public final class LabAddressText {
  private LabAddressText() {}

  public static String of(InetAddress address) {
    return address.getHostAddress().replaceFirst("(^|:)0(:0)+(:|$)", "::");
  }
}
