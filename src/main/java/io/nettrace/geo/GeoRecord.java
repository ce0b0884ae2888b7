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

  /** What both say together; this one where they differ. */
  GeoRecord with(GeoRecord more) {
    return new GeoRecord(
        place.or(more::place),
        asn.isPresent() ? asn : more.asn,
        asName.or(more::asName),
        isp.or(more::isp),
        hostName.or(more::hostName),
        source.equals(more.source) ? source : source + ", " + more.source);
  }

  GeoRecord named(String name) {
    return new GeoRecord(place, asn, asName, isp, Optional.of(name), source);
  }
}
