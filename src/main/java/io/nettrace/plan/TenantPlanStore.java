package io.nettrace.plan;

import static io.nettrace.platform.Columns.utc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table platform.tenant_plans. */
final class TenantPlanStore {
  private static final String INSERT =
      "insert into platform.tenant_plans (tenant_id, plan, set_by) values (?, ?, ?) returning id";
  private static final String NEWEST =
      "select distinct on (tenant_id) id, tenant_id, plan from platform.tenant_plans where ";
  private static final String NEWEST_FIRST = " order by tenant_id, id desc";
  private static final String HISTORY =
      """
      select plan, since, set_by from platform.tenant_plans
      where tenant_id = ? order by id desc limit ?
      """;

  private TenantPlanStore() {}

  /** A row; the one with the highest number of a tenant counts. */
  record Row(long number, UUID tenantId, String plan) {}

  static Row add(Connection transaction, UUID tenantId, String plan, String by)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, tenantId);
      insert.setString(2, plan);
      insert.setString(3, by);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return new Row(row.getLong(1), tenantId, plan);
      }
    }
  }

  /** The newest row of each tenant that was given a plan since then. */
  static List<Row> changed(Connection connection, Instant since) throws SQLException {
    return newest(connection, "since >= ?", utc(since));
  }

  static List<Row> ofTenant(Connection connection, UUID tenantId) throws SQLException {
    return newest(connection, "tenant_id = ?", tenantId);
  }

  private static List<Row> newest(Connection connection, String which, Object value)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST + which + NEWEST_FIRST)) {
      query.setObject(1, value);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(row.getLong(1), row.getObject(2, UUID.class), row.getString(3)));
        }
      }
      return rows;
    }
  }

  static List<PlanChange> history(Connection connection, UUID tenantId, int most)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      query.setObject(1, tenantId);
      query.setInt(2, most);
      List<PlanChange> changes = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          changes.add(
              new PlanChange(
                  row.getString(1),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  row.getString(3)));
        }
      }
      return changes;
    }
  }

  /** By the clock of {@code since}. */
  static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
