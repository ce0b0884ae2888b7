package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.geo.Coordinates;
import io.nettrace.geo.Place;
import io.nettrace.geo.Whereabouts;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where an address is and who runs it, and how far that may be believed. */
record PlaceView(
    @Nullable String city,
    @Nullable String country,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable Long asn,
    @Nullable String asName,
    @Nullable String isp,
    @Nullable String hostName,
    String confidence,
    String reason,
    @Nullable String source) {

  static PlaceView of(Whereabouts w) {
    Optional<Coordinates> at = w.place().flatMap(Place::coordinates);
    return new PlaceView(
        w.place().flatMap(Place::city).orElse(null),
        w.place().flatMap(Place::country).orElse(null),
        at.map(Coordinates::latitude).orElse(null),
        at.map(Coordinates::longitude).orElse(null),
        number(w.asn()),
        w.asName().orElse(null),
        w.isp().orElse(null),
        w.hostName().orElse(null),
        ConstantNames.of(w.confidence()),
        w.reason(),
        w.source().orElse(null));
  }

  static @Nullable Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
