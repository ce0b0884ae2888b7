package io.nettrace.edge.portal;

import io.nettrace.identity.Session;
import io.nettrace.identity.SessionVerdict;
import io.nettrace.identity.Sessions;
import io.nettrace.identity.Visitor;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.web.DeviceCookie;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.Plane;
import io.nettrace.platform.web.RequestCookies;
import io.nettrace.platform.web.SessionCookie;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantState;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;

/** Finds out who visits a page. A cookie that is over or unknown makes a stranger. */
@Service
class Visits {
  private final Sessions sessions;
  private final Tenants tenants;
  private final TenantPlans plans;
  private final Plans catalogue;
  private final PublicAddress root;
  private final PortalConfig config;

  @Inject
  Visits(
      Sessions sessions,
      Tenants tenants,
      TenantPlans plans,
      Plans catalogue,
      PublicAddress root,
      PortalConfig config) {
    this.sessions = sessions;
    this.tenants = tenants;
    this.plans = plans;
    this.catalogue = catalogue;
    this.root = root;
    this.config = config;
  }

  Visit of(PortalPage page, Optional<String> named, HttpServletRequest request) {
    boolean isSecure = root.isSecure() || request.isSecure();
    Function<String, Optional<String>> cookies = name -> RequestCookies.value(request, name);
    Optional<String> token = token(request);
    Optional<Session> session = token.flatMap(this::session);
    if (session.isPresent()) {
      PageGate.mark(request, true);
    }
    Optional<Tenant> tenant = tenant(session);
    Plan plan = plan(tenant);
    String program = request.getHeader("User-Agent");
    return new Visit(
        page,
        named,
        session,
        tenant,
        session
            .filter(_ -> Plane.of(request).hasOperators())
            .filter(Session::secondFactor)
            .map(one -> config.operators().contains(one.email().key()))
            .orElse(false),
        plan,
        new Visitor(
            request.getRemoteAddr(),
            program == null ? "" : program,
            DeviceCookie.token(cookies, isSecure),
            token),
        isSecure);
  }

  /** The same visit with what has become of the session, the tenant and its plan since. */
  Visit again(Visit before, Session now) {
    Optional<Session> session = Optional.of(now);
    Optional<Tenant> tenant = tenant(session);
    return new Visit(
        before.page(),
        before.named(),
        session,
        tenant,
        before.operator(),
        plan(tenant),
        before.from(),
        before.isSecure());
  }

  private Optional<Tenant> tenant(Optional<Session> session) {
    return session
        .flatMap(Session::tenantId)
        .flatMap(tenants::find)
        .filter(found -> found.state() != TenantState.DELETED);
  }

  private Plan plan(Optional<Tenant> tenant) {
    return tenant.map(one -> plans.of(one.id())).orElseGet(catalogue::first);
  }

  private Optional<Session> session(String token) {
    return switch (sessions.verify(token)) {
      case SessionVerdict.Live(Session session) -> Optional.of(session);
      case SessionVerdict.Expired _, SessionVerdict.Unknown _ -> Optional.empty();
    };
  }

  /** What a request shows of its session. */
  Optional<String> token(HttpServletRequest request) {
    return SessionCookie.token(
        name -> RequestCookies.value(request, name), root.isSecure() || request.isSecure());
  }
}
