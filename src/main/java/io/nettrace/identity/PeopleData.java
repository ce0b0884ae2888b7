package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * What this component keeps of a tenant. What shows who people are (passwords, factors, sessions)
 * is theirs and not the tenant's, and is no part of its export.
 */
@Service
class PeopleData implements TenantData {
  private static final String MEMBERS =
      """
      select m.account_id, a.email, a.name, m.role, m.since
      from platform.members m join platform.accounts a on a.id = m.account_id
      where m.tenant_id = :tenant_id order by m.since, m.account_id
      """;
  private static final String INVITATIONS =
      """
      select id, email, role, invited_by, created_at, expires_at
      from platform.invitations where tenant_id = :tenant_id order by id
      """;
  private static final String POLICY =
      """
      select idle_minutes, absolute_minutes, require_second_factor
      from platform.tenant_policies where tenant_id = :tenant_id
      """;

  private final Members members;

  @Inject
  PeopleData(Members members) {
    this.members = members;
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("members", MEMBERS),
        new Part("invitations", INVITATIONS),
        new Part("session-policy", POLICY));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    members.forgetTenant(tx, tenantId);
  }
}
