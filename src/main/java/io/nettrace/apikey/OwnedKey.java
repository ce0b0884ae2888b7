package io.nettrace.apikey;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key as its owner sees it.
 *
 * @param lastUse when and from where it was last accepted, to a minute
 */
public record OwnedKey(ApiKey key, Optional<Use> lastUse) {

  /** Whether that person issued it. */
  public boolean isIssuedBy(UUID accountId) {
    return key.createdBy().filter(accountId::equals).isPresent();
  }

  /** That a key was accepted. */
  public record Use(Instant at, String address) {}
}
