package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.tenant.Tenant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant, as its own people see it. */
record TenantView(
    UUID id,
    String slug,
    String name,
    String state,
    Instant createdAt,
    @Nullable Instant deletionDue) {

  static TenantView of(Tenant tenant) {
    return new TenantView(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        ConstantNames.of(tenant.state()),
        tenant.createdAt(),
        tenant.deletionDue().orElse(null));
  }
}
