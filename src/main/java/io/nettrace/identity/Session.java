package io.nettrace.identity;

import io.nettrace.platform.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who is signed in, and for which tenant.
 *
 * @param tenantId the tenant that the person acts for; empty when for none
 * @param role what the person is there
 * @param secondFactor whether a second factor was shown
 * @param secondFactorMissing the tenant demands one; until then the person may do nothing for it
 * @param steppedUpAt when a password or factor was shown last
 */
public record Session(
    UUID id,
    UUID accountId,
    EmailAddress email,
    PersonName name,
    Optional<UUID> tenantId,
    Optional<Role> role,
    boolean secondFactor,
    boolean secondFactorMissing,
    Instant createdAt,
    Instant lastSeenAt,
    Instant steppedUpAt,
    Visitor visitor) {
  /** How long whoever showed who they are may do what needs that. */
  public static final Duration STEP_UP_LIFE = Duration.ofMinutes(10);

  /** The person, as the one who makes a change. */
  public Actor.Person actor() {
    return new Actor.Person(accountId);
  }

  /** The one decision of who may do what for the session's tenant. */
  public boolean may(Permission permission) {
    return permissions().contains(permission);
  }

  /** All that it may do for its tenant. */
  public Set<Permission> permissions() {
    return secondFactorMissing ? Set.of() : role.map(Role::permissions).orElse(Set.of());
  }

  /** Whether it may also do what needs a fresh proof of who is there. */
  public boolean isSteppedUp(Instant now) {
    return steppedUpAt.plus(STEP_UP_LIFE).isAfter(now);
  }
}
