package io.nettrace.apikey;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A key as it is known after it was issued: enough to recognise it, not enough to use it. */
public record ApiKey(
    UUID id,
    String name,
    String prefix,
    String last4,
    Instant createdAt,
    Optional<Instant> revokedAt) {}
