package io.nettrace.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Settings;
import io.nettrace.testing.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesIT {
  private static final InetAddress REAL = InetAddress.ofLiteral("1.2.3.4");
  private static final InetAddress LAB = InetAddress.ofLiteral("198.18.1.1");
  private static final Place NEWARK = Place.of("Newark", "US", 40.74, -74.17);

  @TempDir private Path folder;
  private final Database database = SharedPostgres.migratedDatabase();

  @Test
  void aPlaceIsServedWithItsSourceAndMarkedWhenLightContradicts() throws IOException {
    Places places = places(Clock.systemUTC());
    Whereabouts near = places.describe(REAL, Optional.of(NEWARK), millis(5), false);
    assertThat(near.place().flatMap(Place::city)).hasValue("Tokyo");
    assertThat(near.asn()).hasValue(64512);
    assertThat(near.confidence()).isEqualTo(Confidence.IMPOSSIBLE);
    assertThat(near.source()).hasValue("City, ASN");
    assertThat(places.describe(REAL, Optional.of(NEWARK), millis(170), false).confidence())
        .isEqualTo(Confidence.MEDIUM);
  }

  @Test
  void theLabsTableIsUsedOnlyForWhatIsSimulated() throws IOException {
    Places places = places(Clock.systemUTC());
    Optional<Place> newark = places.vantagePlace(true);
    Whereabouts simulated = places.describe(LAB, newark, millis(1), true);
    assertThat(simulated.place().flatMap(Place::city)).hasValue("Newark, NJ");
    assertThat(simulated.asn()).hasValue(64_496);
    assertThat(simulated.hostName()).hasValueSatisfying(n -> assertThat(n).startsWith("gw."));
    assertThat(simulated.confidence()).isEqualTo(Confidence.HIGH);
    Whereabouts real = places.describe(LAB, Optional.of(NEWARK), millis(1), false);
    assertThat(real.place()).isEmpty();
    assertThat(real.confidence()).isEqualTo(Confidence.NONE);
    assertThat(real.reason()).contains("benchmarks");
  }

  @Test
  void aPathOfHopsBecomesAPathOfSystems() throws IOException {
    Places places = places(Clock.systemUTC());
    List<Hop> hops =
        List.of(
            hop(1, "198.18.1.1"),
            hop(2, "198.18.1.2"),
            Hop.silent(3),
            hop(4, "198.18.1.2"),
            hop(5, "198.18.2.1"));
    assertThat(places.asPath(hops, true))
        .containsExactly(
            new AsStep(64_496, Optional.of("example-access.net"), 1, 4),
            new AsStep(64_501, Optional.of("example-transit.net"), 5, 5));
    assertThat(places.asPath(hops, false)).isEmpty();
  }

  @Test
  void whatWasFoundIsKeptWithItsExpiryAndSurvivesARestartWithoutTheFiles() throws IOException {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    GeoCache cache = cache(files(), clock);
    assertThat(cache.find(REAL, false)).isPresent();
    cache.save();
    assertThat(expiry()).isEqualTo(now.plus(Duration.ofDays(7)));

    GeoCache restarted = cache(Map.of(), clock);
    restarted.begin(new DatabaseReady());
    assertThat(restarted.find(REAL, false).orElseThrow().asn()).hasValue(64512);
    restarted.stop();

    GeoCache late = cache(Map.of(), Clock.offset(clock, Duration.ofDays(8)));
    late.begin(new DatabaseReady());
    assertThat(late.find(REAL, false)).isEmpty();
    late.stop();
  }

  private Places places(Clock clock) throws IOException {
    GeoConfig config = config(files());
    GeoSources sources = new GeoSources(config, clock);
    sources.refresh();
    return new Places(sources, cache(sources, config, clock), config);
  }

  private GeoCache cache(Map<String, String> settings, Clock clock) {
    GeoConfig config = config(settings);
    GeoSources sources = new GeoSources(config, clock);
    sources.refresh();
    return cache(sources, config, clock);
  }

  private GeoCache cache(GeoSources sources, GeoConfig config, Clock clock) {
    return new GeoCache(
        sources, new ReverseNames(config), database, new Chores(database), config, clock);
  }

  private static GeoConfig config(Map<String, String> settings) {
    return GeoConfig.from(new Settings(name -> Optional.ofNullable(settings.get(name))));
  }

  private Map<String, String> files() throws IOException {
    Map<String, Object> tokyo =
        Map.of(
            "city", Map.of("names", Map.of("en", "Tokyo")),
            "country", Map.of("iso_code", "JP"),
            "location", Map.of("latitude", 35.69, "longitude", 139.69));
    Path city = folder.resolve("city.mmdb");
    Files.write(city, new MmdbWriter("City", 1).add("1.2.0.0/16", tokyo).bytes());
    Path asn = folder.resolve("asn.mmdb");
    Map<String, Object> system = Map.of("autonomous_system_number", 64512L);
    Files.write(asn, new MmdbWriter("ASN", 1).add("1.2.3.0/24", system).bytes());
    return Map.of(
        "nettrace.geo.city-file", city.toString(), "nettrace.geo.asn-file", asn.toString());
  }

  private Instant expiry() {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("select expires_at from catalog.ip_geo_cache")) {
            assertThat(row.next()).isTrue();
            return row.getTimestamp(1).toInstant();
          }
        });
  }

  private static Hop hop(int ttl, String address) {
    return new Hop(
        ttl,
        HopState.ANSWERED,
        List.of(new HopReply(InetAddress.ofLiteral(address), 1_000_000, List.of())));
  }

  private static OptionalLong millis(long millis) {
    return OptionalLong.of(millis * 1_000_000);
  }
}
