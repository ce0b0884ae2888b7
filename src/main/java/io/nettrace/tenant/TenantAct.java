package io.nettrace.tenant;

import io.nettrace.platform.AuditType;

/** What is done to tenants; the subject is the tenant. */
enum TenantAct implements AuditType {
  /** A sign-up keeps a slug. */
  RESERVED("tenant.reserved"),

  /** A sign-up is confirmed. */
  ACTIVATED("tenant.activated"),
  CREATED("tenant.created"),
  RENAMED("tenant.renamed"),
  MARKED_PAST_DUE("tenant.marked-past-due"),
  SUSPENDED("tenant.suspended"),
  RESUMED("tenant.resumed"),
  DELETION_SCHEDULED("tenant.deletion-scheduled"),
  RESTORED("tenant.restored"),
  DELETED("tenant.deleted"),

  /** It has a database login of its own. */
  ISOLATED("tenant.isolated"),
  SETTINGS_CHANGED("tenant.settings-changed");

  private final String type;

  TenantAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
