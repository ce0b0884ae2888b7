package io.nettrace.edge.api.http;

import io.nettrace.apikey.ApiKey;
import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.plan.Plan;
import io.nettrace.platform.Actor;
import io.nettrace.tenant.Tenant;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request: somebody of a tenant, by a key or signed in. The tenant follows from the
 * credential and from nothing else in the request.
 *
 * @param actsFor empty for a person who is signed in but belongs to no tenant now
 * @param plan what the tenant pays for
 * @param notes what the answer to this request is to say
 */
public record Caller(
    Optional<Tenant> actsFor, Credential credential, Plan plan, boolean isSecure, AnswerNotes notes)
    implements SecurityContext, Principal {

  public Caller(Optional<Tenant> actsFor, Credential credential, Plan plan, boolean isSecure) {
    this(actsFor, credential, plan, isSecure, new AnswerNotes());
  }

  /** By what somebody shows who they are. */
  public sealed interface Credential {
    /** What it lets its holder do for the tenant. */
    Set<Permission> permissions();

    record Key(ApiKey key) implements Credential {
      /** Its scopes, as far as its kind may have them. */
      @Override
      public Set<Permission> permissions() {
        return key.permissions();
      }
    }

    record Person(Session session) implements Credential {
      @Override
      public Set<Permission> permissions() {
        return session.permissions();
      }
    }
  }

  /** The caller of a request that had to show who makes it. */
  public static Caller of(SecurityContext context) {
    if (context.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("the resource is open to everybody, so there is no caller");
  }

  /** The session that a request to an open call came with; empty for keys and strangers. */
  public static Optional<Session> session(SecurityContext context) {
    return context.getUserPrincipal() instanceof Caller caller
            && caller.credential() instanceof Credential.Person(Session session)
        ? Optional.of(session)
        : Optional.empty();
  }

  /** The tenant; refused for somebody who belongs to none. */
  public Tenant tenant() {
    return actsFor.orElseThrow(TenantRefusals::none);
  }

  /** The session; refused for keys. */
  public Session session() {
    return switch (credential) {
      case Credential.Person(Session session) -> session;
      case Credential.Key _ -> throw AccessRefusals.personNeeded();
    };
  }

  /** The same, as the one who makes a change. */
  public Actor actor() {
    return switch (credential) {
      case Credential.Person(Session session) -> session.actor();
      case Credential.Key(ApiKey key) -> new Actor.Key(key.id());
    };
  }

  /** The person's account, if it is a person. */
  public Optional<UUID> accountId() {
    return switch (credential) {
      case Credential.Person(Session session) -> Optional.of(session.accountId());
      case Credential.Key _ -> Optional.empty();
    };
  }

  /** What the credential may do for the tenant. */
  public Set<Permission> permissions() {
    return credential.permissions();
  }

  public boolean may(Permission permission) {
    return permissions().contains(permission);
  }

  @Override
  public Principal getUserPrincipal() {
    return this;
  }

  @Override
  public String getName() {
    return actsFor.map(Tenant::slug).orElse("");
  }

  @Override
  public boolean isUserInRole(String permission) {
    return permissions().stream().anyMatch(one -> one.name().equals(permission));
  }

  @Override
  public String getAuthenticationScheme() {
    return switch (credential) {
      case Credential.Key _ -> "KEY";
      case Credential.Person _ -> "SESSION";
    };
  }
}
