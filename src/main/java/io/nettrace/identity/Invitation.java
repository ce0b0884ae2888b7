package io.nettrace.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Somebody was asked to join a tenant. */
public record Invitation(
    UUID id,
    UUID tenantId,
    EmailAddress email,
    Role role,
    Optional<UUID> invitedBy,
    Instant createdAt,
    Instant expiresAt) {}
