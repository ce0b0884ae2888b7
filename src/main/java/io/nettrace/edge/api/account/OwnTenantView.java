package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.identity.Role;
import io.nettrace.tenant.Tenant;
import java.util.UUID;

/** One of the tenants that a person belongs to, and as what. */
record OwnTenantView(UUID id, String slug, String name, String state, String role) {
  static OwnTenantView of(Tenant tenant, Role role) {
    return new OwnTenantView(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        ConstantNames.of(tenant.state()),
        ConstantNames.of(role));
  }
}
