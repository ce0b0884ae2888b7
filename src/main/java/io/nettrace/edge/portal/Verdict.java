package io.nettrace.edge.portal;

import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.plan.Entitlement;
import java.util.Set;

/**
 * Whether a visitor sees a page. This is the portal's one decision; what is not asked for is
 * denied.
 */
sealed interface Verdict {
  record Welcome() implements Verdict {}

  /** A stranger; may sign in and come back. */
  record SignIn() implements Verdict {}

  /** Signed in, but acting for no tenant now. */
  record ChooseTenant() implements Verdict {}

  /** The tenant demands a second factor that this person has not shown. */
  record SecondFactor() implements Verdict {}

  /** The tenant is suspended, or being deleted. */
  record NotServed() implements Verdict {}

  record Forbidden(Permission missing) implements Verdict {}

  record PlanLacks(Entitlement missing) implements Verdict {}

  /** It does not exist for this person. */
  record NotFound() implements Verdict {}

  /** What an owner needs to get out of it again. */
  Set<PortalPage> WHILE_SUSPENDED =
      Set.of(PortalPage.PLAN, PortalPage.SETTINGS, PortalPage.USAGE, PortalPage.MEMBERS);

  static Verdict on(Visit visit) {
    return switch (visit.page().who()) {
      case EVERYBODY -> new Welcome();
      case SIGNED_IN -> visit.isSignedIn() ? new Welcome() : new SignIn();
      case OPERATOR -> visit.operator() ? new Welcome() : new NotFound();
      case MEMBER -> visit.session().map(session -> member(visit, session)).orElseGet(SignIn::new);
    };
  }

  private static Verdict member(Visit visit, Session session) {
    if (visit.tenant().isEmpty()) {
      return new ChooseTenant();
    }
    if (session.secondFactorMissing()) {
      return new SecondFactor();
    }
    if (!visit.ofTenant().state().isServed() && !WHILE_SUSPENDED.contains(visit.page())) {
      return new NotServed();
    }
    Permission permission = visit.page().permission().orElseThrow();
    if (!visit.may(permission)) {
      return new Forbidden(permission);
    }
    return visit
        .page()
        .entitlement()
        .filter(needed -> !visit.has(needed))
        .<Verdict>map(PlanLacks::new)
        .orElseGet(Welcome::new);
  }
}
