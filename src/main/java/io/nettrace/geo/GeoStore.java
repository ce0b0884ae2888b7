package io.nettrace.geo;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code catalog.ip_geo_cache}. */
final class GeoStore {
  private static final int BATCH = 10_000;

  private static final Sql LOAD =
      Sql.of(
          """
          select host(address) as address, country, city, latitude, longitude, isp, asn, as_name,
                 host_name, source
          from catalog.ip_geo_cache where expires_at > :now order by resolved_at desc limit :limit
          """);

  private static final Sql SAVE =
      Sql.of(
          """
          insert into catalog.ip_geo_cache
            (address, country, city, latitude, longitude, isp, asn, as_name, host_name, source,
             resolved_at, expires_at)
          values (:address::inet, :country, :city, :latitude, :longitude, :isp, :asn, :as_name,
            :host_name, :source, :now, :expires_at)
          on conflict (address) do update set
            country = excluded.country, city = excluded.city, latitude = excluded.latitude,
            longitude = excluded.longitude, isp = excluded.isp, asn = excluded.asn,
            as_name = excluded.as_name,
            host_name = coalesce(excluded.host_name, ip_geo_cache.host_name),
            source = excluded.source, resolved_at = excluded.resolved_at,
            expires_at = excluded.expires_at
          """);

  private static final Sql FORGET =
      Sql.of(
          """
          delete from catalog.ip_geo_cache where ctid = any (array(
            select ctid from catalog.ip_geo_cache where expires_at < :before limit :limit
            for update skip locked))
          """);

  private final Database database;

  GeoStore(Database database) {
    this.database = database;
  }

  /** What has not expired. */
  Map<InetAddress, GeoRecord> load(Instant now, int most) {
    return database.run(
        connection -> {
          Map<InetAddress, GeoRecord> found = new HashMap<>();
          LOAD.bind("now", now)
              .bind("limit", most)
              .all(
                  connection,
                  row -> found.put(InetAddress.ofLiteral(row.getString("address")), record(row)));
          return found;
        });
  }

  /** In the order of addresses, so that nodes that save the same do not block each other. */
  void save(List<Map.Entry<InetAddress, GeoRecord>> found, Instant now, Instant expiresAt) {
    if (found.isEmpty()) {
      return;
    }
    List<Map.Entry<InetAddress, GeoRecord>> sorted =
        found.stream()
            .sorted(Comparator.comparing(entry -> entry.getKey().getHostAddress()))
            .toList();
    List<Sql> rows =
        sorted.stream()
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .map(row -> row.bind("now", now).bind("expires_at", expiresAt))
            .toList();
    database.transaction(
        tx -> {
          Sql.batch(tx.connection(), rows);
          return true;
        });
  }

  /** Deletes what expired before {@code oldest}, a bounded part of it at a time. */
  int forget(Instant oldest) {
    return database.run(FORGET.bind("before", oldest).bind("limit", BATCH)::update);
  }

  private static GeoRecord record(ResultSet row) throws SQLException {
    return new GeoRecord(
        place(row),
        Columns.number(row, "asn"),
        Columns.optionalText(row, "as_name"),
        Columns.optionalText(row, "isp"),
        Columns.optionalText(row, "host_name"),
        row.getString("source"));
  }

  private static Optional<Place> place(ResultSet row) throws SQLException {
    Optional<String> city = Columns.optionalText(row, "city");
    Optional<String> country = Columns.optionalText(row, "country");
    boolean located = row.getObject("latitude") != null && row.getObject("longitude") != null;
    Optional<Coordinates> coordinates =
        located
            ? Optional.of(new Coordinates(row.getDouble("latitude"), row.getDouble("longitude")))
            : Optional.empty();
    return city.isEmpty() && country.isEmpty() && coordinates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(city, country, coordinates, OptionalInt.empty()));
  }

  private static Sql row(InetAddress address, GeoRecord record) {
    Optional<Coordinates> at = record.place().flatMap(Place::coordinates);
    return SAVE.bind("address", address.getHostAddress())
        .bind("country", record.place().flatMap(Place::country))
        .bind("city", record.place().flatMap(Place::city))
        .bind("latitude", at.map(Coordinates::latitude))
        .bind("longitude", at.map(Coordinates::longitude))
        .bind("isp", record.isp())
        .bind("asn", record.asn().isPresent() ? record.asn().getAsLong() : null)
        .bind("as_name", record.asName())
        .bind("host_name", record.hostName())
        .bind("source", record.source());
  }
}
