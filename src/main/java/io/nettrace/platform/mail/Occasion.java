package io.nettrace.platform.mail;

import java.util.Optional;
import java.util.UUID;

/**
 * Why a letter is written and who caused it: what its limits are counted by.
 *
 * @param tenantId with which tenant the letter is forgotten, and whose bound it counts towards
 * @param source network address of the request that asked for it
 */
public record Occasion(Purpose purpose, Optional<UUID> tenantId, Optional<String> source) {

  /** A letter between a person and the installation. */
  public static Occasion of(Purpose purpose) {
    return new Occasion(purpose, Optional.empty(), Optional.empty());
  }

  public Occasion from(String address) {
    return new Occasion(purpose, tenantId, Optional.of(address));
  }

  public Occasion ofTenant(UUID tenant) {
    return new Occasion(purpose, Optional.of(tenant), source);
  }
}
