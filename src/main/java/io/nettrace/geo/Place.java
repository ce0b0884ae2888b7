package io.nettrace.geo;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where something stands, as a source says.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @param radiusKm how far around the coordinates the source allows for
 */
public record Place(
    Optional<String> city,
    Optional<String> country,
    Optional<Coordinates> coordinates,
    OptionalInt radiusKm) {

  public static Place of(String city, String country, double latitude, double longitude) {
    return new Place(
        Optional.of(city),
        Optional.of(country),
        Optional.of(new Coordinates(latitude, longitude)),
        OptionalInt.empty());
  }
}
