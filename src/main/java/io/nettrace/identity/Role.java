package io.nettrace.identity;

import static io.nettrace.identity.Permission.DELETE_TENANT;
import static io.nettrace.identity.Permission.EXPORT_TENANT;
import static io.nettrace.identity.Permission.MANAGE_BILLING;
import static io.nettrace.identity.Permission.MANAGE_TARGETS;
import static io.nettrace.identity.Permission.ORDER_EXPORTS;
import static io.nettrace.identity.Permission.READ_EVIDENCE;
import static io.nettrace.identity.Permission.READ_MEASUREMENTS;
import static io.nettrace.identity.Permission.READ_MEMBERS;
import static io.nettrace.identity.Permission.READ_TENANT;
import static io.nettrace.identity.Permission.READ_USAGE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a member of a tenant is. This is the one table of who may do what. */
public enum Role {
  OWNER(EnumSet.allOf(Permission.class)),
  /** Runs everything, but takes neither the tenant's data nor the tenant away, and pays nothing. */
  ADMIN(EnumSet.complementOf(EnumSet.of(DELETE_TENANT, EXPORT_TENANT, MANAGE_BILLING))),
  BILLING(EnumSet.of(READ_TENANT, READ_USAGE, MANAGE_BILLING)),
  ANALYST(EnumSet.of(READ_TENANT, READ_USAGE, READ_MEASUREMENTS, ORDER_EXPORTS, MANAGE_TARGETS)),
  VIEWER(EnumSet.of(READ_TENANT, READ_MEASUREMENTS)),
  AUDITOR(EnumSet.of(READ_TENANT, READ_MEASUREMENTS, READ_EVIDENCE, READ_MEMBERS, READ_USAGE));

  @SuppressWarnings("ImmutableEnumChecker") // it is: wrapped by the constructor
  private final Set<Permission> permissions;

  Role(EnumSet<Permission> permissions) {
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  /** All that it may do; everything else is denied. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /**
   * Whether somebody with this role may make, change or remove a member with role {@code other}.
   */
  public boolean mayManage(Role other) {
    return permissions.contains(Permission.MANAGE_MEMBERS) && (this == OWNER || other != OWNER);
  }
}
