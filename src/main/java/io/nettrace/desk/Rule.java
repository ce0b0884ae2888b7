package io.nettrace.desk;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import java.util.Optional;

/**
 * Requirements of an action.
 *
 * @param subject whom or what it is done for
 * @param permission what the caller's role or key must allow
 * @param entitlement what the tenant's plan must include
 * @param isForPeople whether keys cannot do it
 * @param needsStepUp whether the person must have shown a password or factor lately
 * @param isServedOnly whether it is refused while the tenant is suspended or being deleted
 */
public record Rule(
    Subject subject,
    Optional<Permission> permission,
    Optional<Entitlement> entitlement,
    boolean isForPeople,
    boolean needsStepUp,
    boolean isServedOnly) {

  /** Whom or what an action is done for. */
  public enum Subject {
    /** The person's own account; a tenant is not needed. */
    PERSON,
    /** The person's membership of the tenant acted for. */
    MEMBERSHIP,
    /** The tenant acted for. */
    TENANT,
    /** The installation. */
    INSTALLATION
  }

  static Rule ofTenant(Permission permission) {
    return new Rule(Subject.TENANT, Optional.of(permission), Optional.empty(), false, false, true);
  }

  static Rule ofMember() {
    return new Rule(Subject.MEMBERSHIP, Optional.empty(), Optional.empty(), true, false, false);
  }

  static Rule ofPerson() {
    return new Rule(Subject.PERSON, Optional.empty(), Optional.empty(), true, false, false);
  }

  static Rule ofOperator() {
    return new Rule(Subject.INSTALLATION, Optional.empty(), Optional.empty(), true, false, false);
  }

  Rule with(Entitlement needed) {
    return new Rule(
        subject, permission, Optional.of(needed), isForPeople, needsStepUp, isServedOnly);
  }

  Rule person() {
    return new Rule(subject, permission, entitlement, true, needsStepUp, isServedOnly);
  }

  Rule stepUp() {
    return new Rule(subject, permission, entitlement, isForPeople, true, isServedOnly);
  }

  Rule whileSuspended() {
    return new Rule(subject, permission, entitlement, isForPeople, needsStepUp, false);
  }
}
