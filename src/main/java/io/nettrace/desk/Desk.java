package io.nettrace.desk;

import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * The one decision whether a caller may do an action. What cannot be mended by the caller is said
 * first: what a person, a tenant, a role and a plan lack stands before a proof that is only stale.
 */
@Service
public class Desk {
  private static final Decision ALLOWED = new Decision.Allowed();

  private final Plans plans;
  private final Clock clock;

  @Inject
  public Desk(Plans plans, Clock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /** Of a caller, or of a stranger. */
  public Decision decide(Optional<Caller> caller, Action action) {
    if (caller.isPresent()) {
      return decide(caller.get(), action);
    }
    return action.rule().subject() == Rule.Subject.INSTALLATION
        ? new Decision.OperatorNeeded()
        : new Decision.SignInNeeded();
  }

  public Decision decide(Caller caller, Action action) {
    Rule rule = action.rule();
    if (rule.isForPeople() && caller.credential() instanceof Caller.Credential.Key) {
      return new Decision.PersonNeeded();
    }
    Optional<Decision> denied =
        switch (rule.subject()) {
          case PERSON -> Optional.empty();
          case MEMBERSHIP ->
              caller.actsFor().isPresent()
                  ? Optional.empty()
                  : Optional.of(new Decision.NoTenant());
          case TENANT -> forTenant(caller, rule);
          case INSTALLATION ->
              caller.operator() ? Optional.empty() : Optional.of(new Decision.OperatorNeeded());
        };
    if (denied.isPresent()) {
      return denied.get();
    }
    Permission permission = rule.permission().orElse(null);
    if (permission != null && !caller.may(permission)) {
      return new Decision.PermissionMissing(permission);
    }
    Entitlement entitlement = rule.entitlement().orElse(null);
    if (entitlement != null && !caller.plan().has(entitlement)) {
      return new Decision.PlanLacks(entitlement, caller.plan(), plans.cheapestWith(entitlement));
    }
    return rule.needsStepUp() && !isSteppedUp(caller) ? new Decision.StepUpNeeded() : ALLOWED;
  }

  /** Ends the request unless the caller may. */
  public void require(Caller caller, Action action) {
    require(decide(caller, action));
  }

  /** The same of a caller, or of a stranger. */
  public void require(Optional<Caller> caller, Action action) {
    require(decide(caller, action));
  }

  private static void require(Decision decision) {
    if (decision instanceof Decision.Denied denied) {
      throw new DeniedException(denied);
    }
  }

  private static Optional<Decision> forTenant(Caller caller, Rule rule) {
    if (caller.actsFor().isEmpty()) {
      return Optional.of(new Decision.NoTenant());
    }
    if (caller.credential() instanceof Caller.Credential.Person(Session session)
        && session.secondFactorMissing()) {
      return Optional.of(new Decision.SecondFactorNeeded());
    }
    return rule.isServedOnly() && !caller.tenant().state().isServed()
        ? Optional.of(new Decision.NotServed(caller.tenant()))
        : Optional.empty();
  }

  private boolean isSteppedUp(Caller caller) {
    return caller.credential() instanceof Caller.Credential.Person(Session session)
        && session.isSteppedUp(clock.instant());
  }
}
