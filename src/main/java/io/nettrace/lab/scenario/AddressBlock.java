package io.nettrace.lab.scenario;

import java.util.List;

/** Ranges of addresses in CIDR notation, the network they belong to, and where they are used. */
public record AddressBlock(List<String> prefixes, long asn, String operator, String place) {
  public AddressBlock {
    prefixes = List.copyOf(prefixes);
  }
}
