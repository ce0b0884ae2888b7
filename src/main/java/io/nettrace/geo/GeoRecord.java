package io.nettrace.geo;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one source, or several together, say of an address.
 *
 * @param source who says so
 */
record GeoRecord(
    Optional<Place> place,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> isp,
    Optional<String> hostName,
    String source) {

  static GeoRecord nothing(String source) {
    return new GeoRecord(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        source);
  }
}
