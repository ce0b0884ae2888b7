package io.nettrace.edge.api.http;

import io.nettrace.desk.Caller;
import io.nettrace.identity.Session;
import io.nettrace.plan.Plan;
import io.nettrace.platform.Actor;
import io.nettrace.tenant.Tenant;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

/**
 * Caller of the API, as JAX-RS carries it through a request.
 *
 * @param notes what the answer to this request is to say
 */
public record ApiCaller(Caller caller, boolean isSecure, AnswerNotes notes)
    implements SecurityContext, Principal {

  public ApiCaller(Caller caller, boolean isSecure) {
    this(caller, isSecure, new AnswerNotes());
  }

  /** The caller of a request that had to show who makes it. */
  public static ApiCaller of(SecurityContext context) {
    if (context.getUserPrincipal() instanceof ApiCaller caller) {
      return caller;
    }
    throw new IllegalStateException("the resource is open to everybody, so there is no caller");
  }

  /** The session that a request to an open call came with; empty for keys and strangers. */
  public static Optional<Session> session(SecurityContext context) {
    return context.getUserPrincipal() instanceof ApiCaller caller
            && caller.credential() instanceof Caller.Credential.Person(Session session)
        ? Optional.of(session)
        : Optional.empty();
  }

  /** The tenant acted for, if any. */
  public Optional<Tenant> actsFor() {
    return caller.actsFor();
  }

  /** The tenant; refused to a person who belongs to none. */
  public Tenant tenant() {
    return caller.tenant();
  }

  /** The session; refused to keys. */
  public Session session() {
    return caller.session();
  }

  public Caller.Credential credential() {
    return caller.credential();
  }

  /** What the tenant pays for. */
  public Plan plan() {
    return caller.plan();
  }

  /** The caller, as the one who makes a change. */
  public Actor actor() {
    return caller.actor();
  }

  /** The person's account, if it is a person. */
  public Optional<UUID> accountId() {
    return caller.accountId();
  }

  @Override
  public Principal getUserPrincipal() {
    return this;
  }

  @Override
  public String getName() {
    return actsFor().map(Tenant::slug).orElse("");
  }

  @Override
  public boolean isUserInRole(String permission) {
    return caller.permissions().stream().anyMatch(one -> one.name().equals(permission));
  }

  @Override
  public String getAuthenticationScheme() {
    return switch (credential()) {
      case Caller.Credential.Key _ -> "KEY";
      case Caller.Credential.Person _ -> "SESSION";
    };
  }
}
