package io.nettrace.tenant;

import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.crypto.DataKeys;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The data key of a tenant, which is shredded with the tenant. */
@Service
public class TenantKeys implements TenantData {
  private final DataKeys keys;

  @Inject
  TenantKeys(DataKeys keys) {
    this.keys = keys;
  }

  /** None: a key is no one's to read. */
  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    keys.shred(tx, tenantId);
  }
}
