package io.nettrace.tenant;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What happened to a tenant and who did it: a part of its export, and forgotten with it. */
@Service
public class TenantEvents implements TenantData {
  private static final String EVENTS =
      """
      select seq, at, type, version, subject, actor, body
      from events.events where tenant_id = :tenant_id order by seq
      """;
  private static final Sql FORGET =
      Sql.of("delete from events.events where tenant_id = :tenant_id");
  private static final Sql FORGET_DEAD =
      Sql.of("delete from events.dead_letters where tenant_id = :tenant_id");

  @Override
  public List<Part> parts() {
    return List.of(new Part("events", EVENTS));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    FORGET.bind("tenant_id", tenantId).update(tx.connection());
    FORGET_DEAD.bind("tenant_id", tenantId).update(tx.connection());
  }
}
