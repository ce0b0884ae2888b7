package io.nettrace.lab.scenario;

/** A range of addresses in CIDR notation, the network it belongs to, and where it is used. */
public record AddressBlock(String prefix, long asn, String operator, String place) {}
