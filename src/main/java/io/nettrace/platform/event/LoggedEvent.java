package io.nettrace.platform.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event or audit entry as an operator reads it.
 *
 * @param seq its number, which is also the place to go on reading from
 * @param actor as {@link io.nettrace.platform.Actor#text}
 * @param details its body, in JSON
 */
public record LoggedEvent(
    long seq,
    Instant at,
    Optional<UUID> tenantId,
    String type,
    String subject,
    String actor,
    String details) {}
