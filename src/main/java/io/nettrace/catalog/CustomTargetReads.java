package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a tenant's targets without changing them, as each request about one does: one query and
 * one round trip, past Hibernate. Whoever changes targets uses {@link CustomTargetStore}.
 */
final class CustomTargetReads {
  private static final String SELECT =
      """
      select id, host, port, methods, name, tags, burst_every_seconds, paused, created_at,
        created_by, version
      from custom_targets
      """;

  private final TenantDatabase database;

  CustomTargetReads(TenantDatabase database) {
    this.database = database;
  }

  Optional<CustomTarget> find(Tenant tenant, String id) {
    return read(tenant, Sql.of(SELECT + "where id = :id").bind("id", id)).stream().findFirst();
  }

  /** By port. */
  List<CustomTarget> byHost(Tenant tenant, String host) {
    return read(tenant, Sql.of(SELECT + "where host = :host order by port").bind("host", host));
  }

  /** By id. */
  List<CustomTarget> page(Tenant tenant, String after, int limit) {
    return read(
        tenant,
        Sql.of(SELECT + "where id > :after order by id fetch first :limit rows only")
            .bind("after", after)
            .bind("limit", limit));
  }

  /** By id. */
  List<CustomTarget> all(Tenant tenant) {
    return read(tenant, Sql.of(SELECT + "order by id"));
  }

  private List<CustomTarget> read(Tenant tenant, Sql query) {
    return database.read(tenant, query, CustomTargetReads::target);
  }

  private static CustomTarget target(ResultSet row) throws SQLException {
    return new CustomTarget(
        row.getString("id"),
        row.getString("host"),
        row.getInt("port"),
        Arrays.stream(texts(row, "methods")).map(Protocol::valueOf).toList(),
        row.getString("name"),
        List.of(texts(row, "tags")),
        Duration.ofSeconds(row.getInt("burst_every_seconds")),
        row.getBoolean("paused"),
        Columns.time(row, "created_at"),
        row.getString("created_by"),
        row.getInt("version"));
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }
}
