package io.nettrace.scan;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What opens the scanners' door for one vantage point, without its secret.
 *
 * @param expiresAt when it ends because it was replaced
 * @param lastUsedAt to the minute
 */
public record ScannerCredential(
    UUID id,
    String vantagePoint,
    Instant issuedAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {

  /** Whether it opens the door at that moment. */
  public boolean isLive(Instant now) {
    return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
  }
}
