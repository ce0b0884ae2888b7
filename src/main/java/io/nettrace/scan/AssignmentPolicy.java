package io.nettrace.scan;

import io.nettrace.catalog.ScheduledTarget;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose a vantage point is and what it measures: the same rule decides what its scanners are told
 * to measure and what is taken of what they deliver.
 */
public sealed interface AssignmentPolicy {

  /** The installation's: it measures the catalogue and all tenants' own targets. */
  record Shared() implements AssignmentPolicy {
    @Override
    public Optional<UUID> owner() {
      return Optional.empty();
    }

    @Override
    public boolean measuresCatalogue() {
      return true;
    }

    @Override
    public boolean measures(ScheduledTarget target) {
      return true;
    }
  }

  /**
   * A tenant's: it measures that tenant's targets, and the catalogue's when {@code withCatalogue}.
   * All that it measures is stored with the tenant and shown to no other.
   */
  record OfTenant(UUID tenantId, boolean withCatalogue) implements AssignmentPolicy {
    @Override
    public Optional<UUID> owner() {
      return Optional.of(tenantId);
    }

    @Override
    public boolean measuresCatalogue() {
      return withCatalogue;
    }

    @Override
    public boolean measures(ScheduledTarget target) {
      return target.tenantId().equals(tenantId);
    }
  }

  /** What a policy is called. */
  enum Kind {
    SHARED,
    OWN,
    OWN_AND_CATALOGUE
  }

  default Kind kind() {
    return switch (this) {
      case Shared _ -> Kind.SHARED;
      case OfTenant(UUID _, boolean withCatalogue) ->
          withCatalogue ? Kind.OWN_AND_CATALOGUE : Kind.OWN;
    };
  }

  /** The tenant that it belongs to; empty when it is shared. */
  Optional<UUID> owner();

  /** Whether targets of the catalogue are in the assignment. */
  boolean measuresCatalogue();

  /** Whether a tenant's target is in the assignment. */
  boolean measures(ScheduledTarget target);
}
