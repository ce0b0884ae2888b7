package io.nettrace.apikey;

import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The wish for a key.
 *
 * @param expiresAt empty means as late as is allowed
 * @param allowedFrom empty means from everywhere
 */
public record NewKey(
    UUID tenantId,
    String name,
    KeyKind kind,
    Set<Permission> scopes,
    Optional<Instant> expiresAt,
    List<Cidr> allowedFrom) {
  public NewKey {
    scopes = Set.copyOf(scopes);
    allowedFrom = List.copyOf(allowedFrom);
  }
}
