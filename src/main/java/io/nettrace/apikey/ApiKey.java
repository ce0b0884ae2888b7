package io.nettrace.apikey;

import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A key as it is known after it was issued: enough to recognise it, not enough to use it.
 *
 * @param scopes what it may do
 * @param allowedFrom where it may be used from; empty means from everywhere
 * @param createdBy the account that issued it, when a person did
 * @param replaces the key it was rotated from
 * @param expiresAt refused from then on
 */
public record ApiKey(
    UUID id,
    UUID tenantId,
    String name,
    KeyKind kind,
    Set<Permission> scopes,
    List<Cidr> allowedFrom,
    String prefix,
    String last4,
    Optional<UUID> createdBy,
    Optional<UUID> replaces,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
    allowedFrom = List.copyOf(allowedFrom);
  }

  /** What it lets its holder do: its scopes, as far as its kind may have them at all. */
  public Set<Permission> permissions() {
    EnumSet<Permission> permissions = EnumSet.copyOf(KeyRules.allowed(kind));
    permissions.retainAll(scopes);
    return permissions;
  }

  /** Whether it would be accepted at that time, from the right place. */
  public boolean isLive(Instant at) {
    return revokedAt.isEmpty() && at.isBefore(expiresAt);
  }

  ApiKey revoked(Instant at) {
    return ending(expiresAt, Optional.of(revokedAt.orElse(at)));
  }

  ApiKey expiring(Instant at) {
    return ending(at.isBefore(expiresAt) ? at : expiresAt, revokedAt);
  }

  private ApiKey ending(Instant expiry, Optional<Instant> revocation) {
    return new ApiKey(
        id,
        tenantId,
        name,
        kind,
        scopes,
        allowedFrom,
        prefix,
        last4,
        createdBy,
        replaces,
        createdAt,
        expiry,
        revocation);
  }
}
