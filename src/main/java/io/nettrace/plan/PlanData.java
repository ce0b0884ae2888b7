package io.nettrace.plan;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Which plans a tenant was on, what it used of them, and what it was told about that. */
@Service
public class PlanData implements TenantData {
  private static final String PLANS =
      "select plan, since, set_by from platform.tenant_plans where tenant_id = :tenant_id order by"
          + " id";
  private static final String DAYS =
      """
      select day, used, refused from platform.usage_days where tenant_id = :tenant_id order by day
      """;
  private static final String NOTICES =
      """
      select day, percent, used, quota, noticed_at from platform.quota_notices
      where tenant_id = :tenant_id order by day, percent
      """;

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("plans", PLANS), new Part("usage_days", DAYS), new Part("quota_notices", NOTICES));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    int _ =
        Sql.of("delete from platform.quota_notices where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
    int _ =
        Sql.of("delete from platform.usage_days where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
    int _ =
        Sql.of("delete from platform.tenant_plans where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
  }
}
