package io.nettrace.tenant;

/** What a tenant is for. */
public enum TenantKind {
  CUSTOMER,
  /** Made with the installation, so that there is something to try. */
  DEMO,
  /** One of two that attack each other all day, to notice a wall that fell. */
  CANARY
}
