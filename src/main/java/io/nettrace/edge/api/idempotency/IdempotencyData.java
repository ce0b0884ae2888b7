package io.nettrace.edge.api.idempotency;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A tenant's idempotency keys, in its export without digests and answers. */
@Service
public class IdempotencyData implements TenantData {
  private static final String CALLS =
      """
      select claimed_at, status, location from platform.idempotency_keys
      where tenant_id = :tenant_id order by claimed_at
      """;

  @Override
  public List<Part> parts() {
    return List.of(new Part("idempotent_calls", CALLS));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    int _ =
        Sql.of("delete from platform.idempotency_keys where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
  }
}
