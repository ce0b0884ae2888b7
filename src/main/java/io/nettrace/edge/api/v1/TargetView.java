package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target; the caller's own have tags, the catalogue's an operator and perhaps a venue. */
record TargetView(
    String id,
    String name,
    String host,
    String category,
    @Nullable String operator,
    int port,
    List<String> methods,
    @Nullable List<String> tags,
    @Nullable VenueView venue) {

  /** Where the service stands, as its operator says. */
  record VenueView(String place, String country, double latitude, double longitude) {}

  static TargetView of(ShownTarget target) {
    return new TargetView(
        target.id(),
        target.name(),
        target.host(),
        target.category(),
        target.operator().orElse(null),
        target.port(),
        target.methods().stream().map(ConstantNames::of).toList(),
        target.category().equals(ShownTarget.CUSTOM) ? target.tags() : null,
        target
            .venue()
            .map(v -> new VenueView(v.place(), v.country(), v.latitude(), v.longitude()))
            .orElse(null));
  }
}
