package io.nettrace.geo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members that city and ASN databases share across makers; whatever else one holds is passed
 * over, and what has another type than expected is absent.
 */
final class MaxMindRecord {
  private MaxMindRecord() {}

  static GeoRecord of(Map<?, ?> data, String source) {
    Optional<String> organisation = text(data.get("autonomous_system_organization"));
    return new GeoRecord(
        place(data),
        data.get("autonomous_system_number") instanceof Number number
            ? OptionalLong.of(number.longValue())
            : OptionalLong.empty(),
        organisation,
        text(data.get("isp")).or(() -> organisation),
        Optional.empty(),
        source);
  }

  private static Optional<Place> place(Map<?, ?> data) {
    Optional<String> city = text(member(data.get("city"), "names", "en"));
    Optional<String> country = text(member(data.get("country"), "iso_code"));
    Optional<Coordinates> coordinates = coordinates(member(data, "location"));
    return city.isEmpty() && country.isEmpty() && coordinates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(city, country, coordinates, radius(member(data, "location"))));
  }

  private static Optional<Coordinates> coordinates(@Nullable Object location) {
    return member(location, "latitude") instanceof Number latitude
            && member(location, "longitude") instanceof Number longitude
            && Math.abs(latitude.doubleValue()) <= 90
            && Math.abs(longitude.doubleValue()) <= 180
        ? Optional.of(new Coordinates(latitude.doubleValue(), longitude.doubleValue()))
        : Optional.empty();
  }

  private static OptionalInt radius(@Nullable Object location) {
    return member(location, "accuracy_radius") instanceof Number radius
        ? OptionalInt.of(radius.intValue())
        : OptionalInt.empty();
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private static @Nullable Object member(@Nullable Object value, String... path) {
    Object found = value;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }
}
