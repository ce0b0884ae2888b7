package io.nettrace.geo;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The origins in {@code catalog.ip_geo_cache}, read once at start. */
@Service
public class CachedOrigins implements Origins {
  private static final int MOST_ADDRESSES = 1_000_000;

  private final Database database;
  private volatile Map<InetAddress, Long> known = Map.of();

  @Inject
  CachedOrigins(Database database) {
    this.database = database;
  }

  void load(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseReady ready) {
    known = database.run(CachedOrigins::read);
  }

  @Override
  public OptionalLong asn(InetAddress address) {
    Long asn = known.get(address);
    return asn == null ? OptionalLong.empty() : OptionalLong.of(asn);
  }

  private static Map<InetAddress, Long> read(Connection connection) throws SQLException {
    Map<InetAddress, Long> origins = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select host(address), asn from catalog.ip_geo_cache where asn is not null limit "
                    + MOST_ADDRESSES)) {
      while (rows.next()) {
        origins.put(InetAddress.ofLiteral(rows.getString(1)), rows.getLong(2));
      }
    }
    return Map.copyOf(origins);
  }
}
