package io.nettrace.desk;

import io.nettrace.apikey.ApiKey;
import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.plan.Plan;
import io.nettrace.platform.Actor;
import io.nettrace.tenant.Tenant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Caller of a door: a person who is signed in, or a program with a key. The tenant follows from the
 * credential and from nothing else in a request.
 *
 * @param actsFor empty for a person who is signed in but belongs to no tenant now
 * @param plan what the tenant pays for
 * @param operator whether the person runs this installation, and came by a door for operators
 */
public record Caller(Optional<Tenant> actsFor, Credential credential, Plan plan, boolean operator) {

  /** Caller of a door that is not for operators. */
  public Caller(Optional<Tenant> actsFor, Credential credential, Plan plan) {
    this(actsFor, credential, plan, false);
  }

  /** Proof by which a caller was recognized. */
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

  /** The tenant; denied to a person who belongs to none. */
  public Tenant tenant() {
    return actsFor.orElseThrow(() -> new DeniedException(new Decision.NoTenant()));
  }

  /** The session; denied to keys. */
  public Session session() {
    return switch (credential) {
      case Credential.Person(Session session) -> session;
      case Credential.Key _ -> throw new DeniedException(new Decision.PersonNeeded());
    };
  }

  /** The caller, as the one who makes a change. */
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
}
