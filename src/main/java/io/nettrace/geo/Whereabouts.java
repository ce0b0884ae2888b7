package io.nettrace.geo;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an address: where it is, who runs it, and how far that may be believed.
 *
 * @param asn the autonomous system that announces it
 * @param hostName what its reverse name says; an operator's claim
 * @param reason why the confidence is what it is, in words
 * @param source who said where it is
 */
public record Whereabouts(
    InetAddress address,
    Optional<Place> place,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> isp,
    Optional<String> hostName,
    Confidence confidence,
    String reason,
    Optional<String> source) {}
