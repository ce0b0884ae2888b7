package io.nettrace.tenant;

import io.nettrace.platform.Tx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * What a component keeps of a tenant in the platform's tables. Each such table has a column {@code
 * tenant_id}; a test over the database holds every one of them to this contract.
 */
public interface TenantData {

  /**
   * A part of a tenant's export.
   *
   * @param name the file's name without its ending
   * @param sql a query whose only parameter is {@code :tenant_id}; it leaves secrets and digests
   *     out
   */
  record Part(String name, String sql) {}

  /** What a tenant gets when it asks for everything it owns. */
  List<Part> parts();

  /** Removes everything of the tenant, in the caller's transaction. */
  void forget(Tx tx, UUID tenantId) throws SQLException;
}
