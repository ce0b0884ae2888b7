package io.nettrace.identity;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a presented one-time token is worth. */
public sealed interface TokenVerdict {
  /**
   * It was issued for this purpose and not used before.
   *
   * @param payload what was to be remembered
   */
  record Valid(Optional<UUID> accountId, Optional<UUID> tenantId, Map<String, String> payload)
      implements TokenVerdict {
    public Valid {
      payload = Map.copyOf(payload);
    }
  }

  /** It is no good any more. */
  sealed interface Refused extends TokenVerdict {}

  record Expired() implements Refused {}

  /** Somebody, perhaps the same person, was faster. */
  record Used() implements Refused {}

  /** Never issued, for another purpose, withdrawn, or long forgotten. */
  record Unknown() implements Refused {}
}
