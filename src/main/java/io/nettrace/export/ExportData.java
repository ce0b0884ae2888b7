package io.nettrace.export;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What this component keeps of a tenant: its orders, and their files while they can be fetched. */
@Service
public class ExportData implements TenantData {
  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "exports",
            "select id, ordered_at, range_start, range_end, as_of, vantage_point, simulated,"
                + " format, compression, estimated, state, failure, started_at, finished_at,"
                + " expires_at from platform.exports where tenant_id = :tenant_id order by id"),
        new Part(
            "export_files",
            "select export_id, position, target_id, own, host, name, row_count, bytes,"
                + " encode(sha256, 'hex') as sha256, done_at from platform.export_files"
                + " where tenant_id = :tenant_id order by export_id, position"));
  }

  /** Files and their pieces go with their order; a node that makes them finds its claim lost. */
  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.exports where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(tx.connection());
  }
}
