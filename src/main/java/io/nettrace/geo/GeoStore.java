package io.nettrace.geo;

import io.nettrace.platform.Database;
import java.net.InetAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code catalog.ip_geo_cache}. */
final class GeoStore {
  private static final int BATCH = 10_000;

  private static final String LOAD =
      """
      select host(address) as address, country, city, latitude, longitude, isp, asn, as_name,
             host_name, source
      from catalog.ip_geo_cache where expires_at > ? order by resolved_at desc limit ?
      """;

  private static final String SAVE =
      """
      insert into catalog.ip_geo_cache
        (address, country, city, latitude, longitude, isp, asn, as_name, host_name, source,
         resolved_at, expires_at)
      values (?::inet, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (address) do update set
        country = excluded.country, city = excluded.city, latitude = excluded.latitude,
        longitude = excluded.longitude, isp = excluded.isp, asn = excluded.asn,
        as_name = excluded.as_name,
        host_name = coalesce(excluded.host_name, ip_geo_cache.host_name),
        source = excluded.source, resolved_at = excluded.resolved_at,
        expires_at = excluded.expires_at
      """;

  private static final String FORGET =
      """
      delete from catalog.ip_geo_cache where ctid = any (array(
        select ctid from catalog.ip_geo_cache where expires_at < ? limit ?
        for update skip locked))
      """;

  private final Database database;

  GeoStore(Database database) {
    this.database = database;
  }

  /** What has not expired. */
  Map<InetAddress, GeoRecord> load(Instant now, int most) {
    return database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(LOAD)) {
            query.setObject(1, now.atOffset(ZoneOffset.UTC));
            query.setInt(2, most);
            return read(query);
          }
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
    database.transaction(
        tx -> {
          try (PreparedStatement insert = tx.connection().prepareStatement(SAVE)) {
            for (Map.Entry<InetAddress, GeoRecord> entry : sorted) {
              bind(insert, entry.getKey(), entry.getValue());
              insert.setObject(11, now.atOffset(ZoneOffset.UTC));
              insert.setObject(12, expiresAt.atOffset(ZoneOffset.UTC));
              insert.addBatch();
            }
            return insert.executeBatch();
          }
        });
  }

  /** Deletes what expired before {@code oldest}, a bounded part of it at a time. */
  int forget(Instant oldest) {
    return database.run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, oldest.atOffset(ZoneOffset.UTC));
            delete.setInt(2, BATCH);
            return delete.executeUpdate();
          }
        });
  }

  private static Map<InetAddress, GeoRecord> read(PreparedStatement query) throws SQLException {
    Map<InetAddress, GeoRecord> found = new HashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        long asn = row.getLong("asn");
        found.put(
            InetAddress.ofLiteral(row.getString("address")),
            new GeoRecord(
                place(row),
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(asn),
                Optional.ofNullable(row.getString("as_name")),
                Optional.ofNullable(row.getString("isp")),
                Optional.ofNullable(row.getString("host_name")),
                row.getString("source")));
      }
    }
    return found;
  }

  private static Optional<Place> place(ResultSet row) throws SQLException {
    Optional<String> city = Optional.ofNullable(row.getString("city"));
    Optional<String> country = Optional.ofNullable(row.getString("country"));
    boolean located = row.getObject("latitude") != null && row.getObject("longitude") != null;
    Optional<Coordinates> coordinates =
        located
            ? Optional.of(new Coordinates(row.getDouble("latitude"), row.getDouble("longitude")))
            : Optional.empty();
    return city.isEmpty() && country.isEmpty() && coordinates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(city, country, coordinates, OptionalInt.empty()));
  }

  private static void bind(PreparedStatement insert, InetAddress address, GeoRecord record)
      throws SQLException {
    Optional<Coordinates> at = record.place().flatMap(Place::coordinates);
    insert.setString(1, address.getHostAddress());
    insert.setString(2, record.place().flatMap(Place::country).orElse(null));
    insert.setString(3, record.place().flatMap(Place::city).orElse(null));
    set(insert, 4, at.map(Coordinates::latitude).orElse(null), Types.DOUBLE);
    set(insert, 5, at.map(Coordinates::longitude).orElse(null), Types.DOUBLE);
    insert.setString(6, record.isp().orElse(null));
    set(insert, 7, record.asn().isPresent() ? record.asn().getAsLong() : null, Types.BIGINT);
    insert.setString(8, record.asName().orElse(null));
    insert.setString(9, record.hostName().orElse(null));
    insert.setString(10, record.source());
  }

  private static void set(PreparedStatement insert, int index, @Nullable Object value, int type)
      throws SQLException {
    insert.setObject(index, value, type);
  }
}
