package io.nettrace.catalog;

import io.nettrace.platform.EntityClasses;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What this component keeps of tenants: entities in their schemas, and a copy for scanners. */
@Service
public class TargetBeans implements EntityClasses, TenantData {
  @Override
  public List<Class<?>> entities() {
    return List.of(CustomTargetEntity.class, WatchListEntity.class);
  }

  /** None: the copy says nothing that the tenant's own tables do not. */
  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    for (String table : List.of("platform.assigned_targets", "platform.tenant_target_syncs")) {
      Sql.of("delete from " + table + " where tenant_id = :tenant_id")
          .bind("tenant_id", tenantId)
          .update(tx.connection());
    }
  }
}
