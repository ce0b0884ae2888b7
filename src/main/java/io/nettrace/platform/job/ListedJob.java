package io.nettrace.platform.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job as an operator sees it, without what its handler is told.
 *
 * @param at when it is due; when it died for one that is dead
 * @param attempts those that failed
 * @param failure of the last attempt: class and message
 */
public record ListedJob(
    UUID id,
    String type,
    String key,
    Optional<UUID> tenantId,
    JobState state,
    Instant enqueuedAt,
    Instant at,
    int attempts,
    Optional<JobDeath> reason,
    Optional<String> failure,
    Optional<String> node) {}
