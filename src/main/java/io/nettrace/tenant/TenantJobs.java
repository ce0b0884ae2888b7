package io.nettrace.tenant;

import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.Jobs;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Jobs of tenants, whichever component enqueued them: they are forgotten with the tenant. */
@Service
public class TenantJobs implements TenantData {
  private final Jobs jobs;

  @Inject
  TenantJobs(Jobs jobs) {
    this.jobs = jobs;
  }

  /** None: what a job is about is a part of its component. */
  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    jobs.forgetTenant(tx, tenantId);
  }
}
