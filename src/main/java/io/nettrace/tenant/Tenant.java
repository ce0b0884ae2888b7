package io.nettrace.tenant;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer: its own people, keys, limits, targets, and its own schema for what is measured for it
 * alone.
 *
 * @param slug its short name in addresses: unique, 3 to 40 of a-z, 0-9 and -
 * @param placement where its data lives; empty before the sign-up is confirmed and after deletion
 * @param deletionDue when its data goes; only while it is being deleted
 */
public record Tenant(
    UUID id,
    String slug,
    String name,
    TenantKind kind,
    TenantState state,
    Optional<Placement> placement,
    Instant createdAt,
    Optional<Instant> deletionDue) {

  /** The tenant that comes with every installation; keys of earlier releases are its own. */
  public static final UUID DEMO = UUID.fromString("00000000-0000-7000-8000-000000000001");

  /** Where its data lives; only for tenants that have a schema. */
  public Placement home() {
    return placement.orElseThrow(
        () -> new IllegalStateException("the tenant " + slug + " has no schema: it is " + state));
  }
}
