package io.nettrace.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key pair whose private half does not leave a person's device (WebAuthn).
 *
 * @param name what the person calls it
 * @param backedUp whether it lives on several devices
 */
public record Passkey(
    UUID id, String name, boolean backedUp, Instant createdAt, Optional<Instant> lastUsedAt) {}
