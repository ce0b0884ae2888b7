package io.nettrace.plan;

import io.nettrace.platform.AuditType;

/** What is done to the plans of tenants; the subject is the tenant. */
enum PlanAct implements AuditType {
  ASSIGNED("tenant.plan-changed");

  private final String type;

  PlanAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
