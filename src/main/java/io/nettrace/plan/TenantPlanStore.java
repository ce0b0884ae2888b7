package io.nettrace.plan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The table platform.tenant_plans. */
final class TenantPlanStore {
  private static final Sql ADD =
      Sql.of(
          "insert into platform.tenant_plans (tenant_id, plan, set_by)"
              + " values (:tenant_id, :plan, :set_by) returning id, tenant_id, plan");
  private static final String NEWEST =
      "select distinct on (tenant_id) id, tenant_id, plan from platform.tenant_plans where ";
  private static final String NEWEST_FIRST = " order by tenant_id, id desc";
  private static final Sql CHANGED = Sql.of(NEWEST + "since >= :since" + NEWEST_FIRST);
  private static final Sql OF_TENANT = Sql.of(NEWEST + "tenant_id = :tenant_id" + NEWEST_FIRST);
  private static final Sql HISTORY =
      Sql.of(
          """
          select plan, since, set_by from platform.tenant_plans
          where tenant_id = :tenant_id order by id desc limit :limit
          """);

  private TenantPlanStore() {}

  /** A row; the one with the highest number of a tenant counts. */
  record Row(long number, UUID tenantId, String plan) {}

  static Row add(Connection transaction, UUID tenantId, String plan, String by)
      throws SQLException {
    return ADD.bind("tenant_id", tenantId)
        .bind("plan", plan)
        .bind("set_by", by)
        .first(transaction, TenantPlanStore::row)
        .orElseThrow();
  }

  /** The newest row of each tenant that was given a plan since then. */
  static List<Row> changed(Connection connection, Instant since) throws SQLException {
    return CHANGED.bind("since", since).all(connection, TenantPlanStore::row);
  }

  static List<Row> ofTenant(Connection connection, UUID tenantId) throws SQLException {
    return OF_TENANT.bind("tenant_id", tenantId).all(connection, TenantPlanStore::row);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(row.getLong("id"), Columns.uuid(row, "tenant_id"), row.getString("plan"));
  }

  static List<PlanChange> history(Connection connection, UUID tenantId, int most)
      throws SQLException {
    return HISTORY
        .bind("tenant_id", tenantId)
        .bind("limit", most)
        .all(
            connection,
            row ->
                new PlanChange(
                    row.getString("plan"), Columns.time(row, "since"), row.getString("set_by")));
  }
}
