package io.nettrace.geo;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where places and origins of addresses come from.
 *
 * @param vantagePlace where this installation's own scanner stands
 * @param reverseNames whether the name service is asked for the names of real addresses
 */
public record GeoConfig(
    Optional<Path> cityFile,
    Optional<Path> asnFile,
    Optional<Place> vantagePlace,
    boolean reverseNames,
    Duration cacheFor) {
  private static final Setting<Optional<String>> CITY_FILE =
      Setting.optionalText(
          "nettrace.geo.city-file",
          "a file's path",
          0,
          "Cities of addresses, in MaxMind's format (GeoLite2-City, DB-IP City, …). It may be"
              + " replaced while the service runs.");
  private static final Setting<Optional<String>> ASN_FILE =
      Setting.optionalText(
          "nettrace.geo.asn-file",
          "a file's path",
          0,
          "Autonomous systems of addresses, in MaxMind's format. It may be replaced while the"
              + " service runs.");
  private static final Setting<Optional<Place>> VANTAGE_PLACE =
      new Setting<>(
          "nettrace.vantage.place",
          "",
          "city, country code, latitude, longitude; such as Newark NJ, US, 40.74, -74.17",
          "Where the vantage points stand, so that places of addresses can be checked against the"
              + " speed of light. The lab knows its own.",
          GeoConfig::place);
  private static final Setting<String> REVERSE_NAMES =
      Setting.choice(
          "nettrace.geo.reverse-names",
          "off",
          List.of("on", "off"),
          "Whether the name service is asked for the names of hops. The lab knows its own.");
  private static final Setting<Duration> CACHE_FOR =
      Setting.duration(
          "nettrace.geo.cache-for",
          "7d",
          "1m",
          "365d",
          "How long catalog.ip_geo_cache holds what was found of an address.");
  public static final List<Setting<?>> SETTINGS =
      List.of(CITY_FILE, ASN_FILE, VANTAGE_PLACE, REVERSE_NAMES, CACHE_FOR);

  private static final int PLACE_PARTS = 4;

  public static GeoConfig from(Settings settings) {
    return new GeoConfig(
        settings.get(CITY_FILE).map(Path::of),
        settings.get(ASN_FILE).map(Path::of),
        settings.get(VANTAGE_PLACE),
        settings.get(REVERSE_NAMES).equals("on"),
        settings.get(CACHE_FOR));
  }

  private static Optional<Place> place(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split("\\s*,\\s*", -1);
    if (parts.length != PLACE_PARTS || !parts[1].matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("it is not a place in four parts");
    }
    return Optional.of(
        Place.of(parts[0], parts[1], Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
  }
}
