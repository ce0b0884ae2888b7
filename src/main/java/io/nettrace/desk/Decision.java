package io.nettrace.desk;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.tenant.Tenant;
import java.time.Duration;
import java.util.Optional;

/** Answer of the desk to an action that a caller asks for. */
public sealed interface Decision {

  record Allowed() implements Decision {}

  /** The action is not done; each door says so in its own form. */
  sealed interface Denied extends Decision {}

  /** Strangers do not do it; signed in, they may. */
  record SignInNeeded() implements Denied {}

  /** A person does it, who is signed in; keys do not. */
  record PersonNeeded() implements Denied {}

  /** The person acts for no tenant now. */
  record NoTenant() implements Denied {}

  /** The tenant demands a second factor that this person has not shown. */
  record SecondFactorNeeded() implements Denied {}

  /** The tenant is suspended, being deleted, or gone. */
  record NotServed(Tenant tenant) implements Denied {}

  /** Only those who run the installation do it; for others it does not exist. */
  record OperatorNeeded() implements Denied {}

  record PermissionMissing(Permission missing) implements Denied {}

  /**
   * The plan does not have it.
   *
   * @param cheapest the first plan that has
   */
  record PlanLacks(Entitlement missing, Plan own, Optional<Plan> cheapest) implements Denied {}

  /** The person has to show a password or factor first, however long they are signed in. */
  record StepUpNeeded() implements Denied {}

  /**
   * The plan does not show so old a record.
   *
   * @param asked how far back it reaches
   * @param cheapest the first plan that shows it
   */
  record BeyondHorizon(Plan own, Duration asked, Optional<Plan> cheapest) implements Denied {}

  /** The tenant's reads of the record take all its turns, and others wait already. */
  record TooManyReads(int limit) implements Denied {}
}
