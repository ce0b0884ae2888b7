package io.nettrace.tenant;

/**
 * Where in its life a tenant is.
 *
 * <pre>
 *  PENDING ──► ACTIVE ◄──► PAST_DUE ◄──► SUSPENDED
 *                 └───────────┴─────────────┴──────► DELETING ──► DELETED
 * </pre>
 */
public enum TenantState {
  /** Signed up, but nobody has confirmed the e-mail address yet; it has no schema. */
  PENDING,
  ACTIVE,
  /** An invoice is overdue; everything still works. */
  PAST_DUE,
  /** Reads and writes are refused; nothing is lost. */
  SUSPENDED,
  /** Its owner wants it gone; it can be brought back until the grace is over. */
  DELETING,
  /** Its schema and role are dropped; the row keeps the slug from being taken by a stranger. */
  DELETED;

  /** Whether its people and keys are served. */
  public boolean isServed() {
    return this == ACTIVE || this == PAST_DUE;
  }
}
