package io.nettrace.edge.api.http;

import io.nettrace.apikey.ApiKey;
import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.KeyVerdict;
import io.nettrace.desk.Caller;
import io.nettrace.identity.Session;
import io.nettrace.identity.SessionVerdict;
import io.nettrace.identity.Sessions;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Service;
import io.nettrace.platform.web.PageGate;
import io.nettrace.platform.web.Received;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantState;
import io.nettrace.tenant.Tenants;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Finds out who calls: a key, or a signed-in person, both of one tenant. A credential that is wrong
 * is refused at once; none at all is refused by {@link AccessFeature} where one is needed.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Service
public class Authentication implements ContainerRequestFilter {
  private final ApiKeys keys;
  private final Sessions sessions;
  private final Tenants tenants;
  private final TenantPlans plans;
  private final Plans catalogue;
  private final Hosts hosts;
  private final HttpServletRequest servlet;

  @Inject
  Authentication(
      ApiKeys keys,
      Sessions sessions,
      Tenants tenants,
      TenantPlans plans,
      Plans catalogue,
      Hosts hosts,
      HttpServletRequest servlet) {
    this.keys = keys;
    this.sessions = sessions;
    this.tenants = tenants;
    this.plans = plans;
    this.catalogue = catalogue;
    this.hosts = hosts;
    this.servlet = servlet;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Visitors.tell(request, hosts.isSecure(request));
    Addresses.check(request.getUriInfo().getRequestUri().getRawQuery());
    SecurityContext caller =
        switch (PresentedCredential.by(request, hosts.isSecure(request))) {
          case PresentedCredential.Key(String text) -> byKey(text, request);
          case PresentedCredential.SessionToken(String token) -> bySession(token, request);
          case PresentedCredential.CookieToken(String token) -> {
            SameOriginCheck.check(request);
            yield byCookie(token, request);
          }
          case PresentedCredential.Nothing _ ->
              new Anonymous(hosts.isSecure(request), KeyRefusals.keyMissing());
        };
    if (caller instanceof ApiCaller) {
      request.setProperty(PageGate.KNOWN, true);
    }
    request.setSecurityContext(caller);
  }

  private ApiCaller byKey(String text, ContainerRequestContext request) {
    return switch (keys.verify(text, this::from)) {
      case KeyVerdict.Accepted(ApiKey key) -> {
        // a key may be remembered for a moment longer than the tenant that is gone
        Tenant tenant =
            tenants
                .find(key.tenantId())
                .filter(found -> found.state() != TenantState.DELETED)
                .orElseThrow(KeyRefusals::keyUnknown);
        CrossOrigin.tell(request, tenant.id());
        if (!tenant.state().isServed()) {
          throw TenantRefusals.notServed(tenant);
        }
        yield caller(Optional.of(tenant), new Caller.Credential.Key(key), request);
      }
      case KeyVerdict.Malformed _ -> throw KeyRefusals.keyMalformed();
      case KeyVerdict.Unknown _ -> throw KeyRefusals.keyUnknown();
      case KeyVerdict.Revoked(ApiKey key) -> throw refused(request, key, KeyRefusals.keyRevoked());
      case KeyVerdict.Expired(ApiKey key) -> throw refused(request, key, KeyRefusals.keyExpired());
      case KeyVerdict.AddressNotAllowed(ApiKey key) ->
          throw refused(request, key, KeyRefusals.keyNotFromHere());
    };
  }

  /** A key of a tenant's, so that the tenant's pages may read why it is refused. */
  private static RefusalException refused(
      ContainerRequestContext request, ApiKey key, RefusalException why) {
    CrossOrigin.tell(request, key.tenantId());
    return why;
  }

  /** A browser keeps sending what is over; whoever signs in again must not be stopped by that. */
  private SecurityContext byCookie(String token, ContainerRequestContext request) {
    return switch (sessions.verify(token)) {
      case SessionVerdict.Live(Session session) -> person(session, request);
      case SessionVerdict.Expired _ ->
          new Anonymous(hosts.isSecure(request), KeyRefusals.sessionOver());
      case SessionVerdict.Unknown _ ->
          new Anonymous(hosts.isSecure(request), KeyRefusals.sessionUnknown());
    };
  }

  private ApiCaller bySession(String token, ContainerRequestContext request) {
    return switch (sessions.verify(token)) {
      case SessionVerdict.Live(Session session) -> person(session, request);
      case SessionVerdict.Expired _ -> throw KeyRefusals.sessionOver();
      case SessionVerdict.Unknown _ -> throw KeyRefusals.sessionUnknown();
    };
  }

  private ApiCaller person(Session session, ContainerRequestContext request) {
    return caller(
        session.tenantId().flatMap(tenants::find), new Caller.Credential.Person(session), request);
  }

  /** By a proxy that costs more than checking a key, so nobody asks who need not know. */
  private InetAddress from() {
    return InetAddress.ofLiteral(Received.of(servlet).getRemoteAddr());
  }

  private ApiCaller caller(
      Optional<Tenant> tenant, Caller.Credential credential, ContainerRequestContext request) {
    tenant.ifPresent(one -> hosts.check(request, one));
    Plan plan = tenant.map(one -> plans.of(one.id())).orElseGet(catalogue::first);
    return new ApiCaller(new Caller(tenant, credential, plan), hosts.isSecure(request));
  }
}
