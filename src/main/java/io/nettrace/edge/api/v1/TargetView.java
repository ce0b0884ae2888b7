package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Words;
import io.nettrace.target.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target of the catalogue. */
record TargetView(
    String id,
    String name,
    String host,
    String category,
    String operator,
    int port,
    List<String> methods,
    @Nullable VenueView venue) {

  /** Where the service stands, as its operator says. */
  record VenueView(String place, String country, double latitude, double longitude) {}

  static TargetView of(Target target) {
    return new TargetView(
        target.id(),
        target.name(),
        target.host(),
        target.category().word(),
        target.operator(),
        target.port(),
        target.methods().stream().map(Words::of).toList(),
        target
            .venue()
            .map(v -> new VenueView(v.place(), v.country(), v.latitude(), v.longitude()))
            .orElse(null));
  }
}
