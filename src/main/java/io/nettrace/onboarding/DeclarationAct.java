package io.nettrace.onboarding;

import io.nettrace.platform.AuditType;

/** What is kept of a declaration itself; the subject is the tenant. */
enum DeclarationAct implements AuditType {
  /** Scanners and objectives wait for a component that acts on them. */
  NOTED("declaration.noted");

  private final String type;

  DeclarationAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
