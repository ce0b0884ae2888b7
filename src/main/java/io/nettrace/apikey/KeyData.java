package io.nettrace.apikey;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A tenant's keys and when they were used, in its export without their digests. */
@Service
public class KeyData implements TenantData {
  private static final String KEYS =
      """
      select id, name, kind, scopes, allowed_from, prefix, last4, created_by, replaces, created_at,
        expires_at, revoked_at
      from platform.api_keys where tenant_id = :tenant_id order by created_at, id
      """;
  private static final String USES =
      """
      select key_id, used_at, used_from from platform.api_key_uses
      where tenant_id = :tenant_id order by key_id
      """;

  @Override
  public List<Part> parts() {
    return List.of(new Part("api_keys", KEYS), new Part("api_key_uses", USES));
  }

  /** Nodes that still have a key in memory refuse it: its tenant is not served. */
  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    int _ =
        Sql.of("delete from platform.api_key_uses where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
    int _ =
        Sql.of("delete from platform.api_keys where tenant_id = :tenant_id")
            .bind("tenant_id", tenantId)
            .update(tx.connection());
  }
}
