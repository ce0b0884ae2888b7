package io.nettrace.edge.portal;

import io.nettrace.desk.Caller;
import io.nettrace.desk.Decision;
import io.nettrace.desk.Desk;
import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.identity.Visitor;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.platform.Actor;
import io.nettrace.tenant.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who looks at a page: a stranger, or a person who is signed in and acts for a tenant.
 *
 * @param page what is looked at
 * @param named what the address names behind the page's own, such as a target
 * @param operator whether the person runs this installation
 * @param plan what the tenant pays for; the first plan for strangers
 * @param from network address and browser
 * @param isSecure whether browsers reach us by HTTPS
 */
public record Visit(
    PortalPage page,
    Optional<String> named,
    Optional<Session> session,
    Optional<Tenant> tenant,
    boolean operator,
    Plan plan,
    Visitor from,
    boolean isSecure) {
  /** Under this name pages find it. */
  static final String NAME = "visit";

  public static Visit of(HttpServletRequest request) {
    if (request.getAttribute(NAME) instanceof Visit visit) {
      return visit;
    }
    throw new IllegalStateException("only what the door let in has a visit");
  }

  public boolean isSignedIn() {
    return session.isPresent();
  }

  public boolean may(Permission permission) {
    return session.map(one -> one.may(permission)).orElse(false);
  }

  /** For pages, which know names only. */
  public boolean may(String permission) {
    return may(Permission.valueOf(permission));
  }

  public boolean has(Entitlement entitlement) {
    return plan.has(entitlement);
  }

  public boolean has(String entitlement) {
    return has(Entitlement.valueOf(entitlement));
  }

  /** Whether the tenant may have targets of its own, and has a place for them. */
  public boolean hasOwnTargets() {
    return has(Entitlement.CUSTOM_TARGETS) && tenant.flatMap(Tenant::placement).isPresent();
  }

  /** Whether the page belongs to a signed-in person's work, not to the public front. */
  public boolean isInside() {
    return isSignedIn() && session.orElseThrow().tenantId().isPresent();
  }

  /** The tenant acted for; only on pages that need one. */
  public Tenant ofTenant() {
    return tenant.orElseThrow(() -> new IllegalStateException(page + " needs no tenant"));
  }

  /** The session; only on pages that need one. */
  public Session person() {
    return session.orElseThrow(() -> new IllegalStateException(page + " is open to everybody"));
  }

  /** The person, as the desk knows them; empty for a stranger. */
  public Optional<Caller> caller() {
    return session.map(
        one -> new Caller(tenant, new Caller.Credential.Person(one), plan, operator));
  }

  /** Whether the visitor may open the page, as the desk decides it now. */
  Decision decision(Desk desk) {
    return page.action()
        .map(action -> desk.decide(caller(), action))
        .orElseGet(Decision.Allowed::new);
  }

  /** The person as a caller; only on pages that need a person. */
  public Caller known() {
    return caller().orElseThrow(() -> new IllegalStateException(page + " is open to everybody"));
  }

  /** The person, as the one who makes a change; only on pages that need one. */
  public Actor.Person actor() {
    return person().actor();
  }

  /** Whether the tenant is served, and so may be changed. */
  public boolean isServed() {
    return tenant.filter(one -> one.state().isServed()).isPresent();
  }
}
