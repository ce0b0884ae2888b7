package io.nettrace.platform.job;

import java.util.Optional;
import java.util.UUID;

/**
 * What a handler knows of the job that it runs.
 *
 * @param attempt counted from 1; one whose node died counts as well
 */
public record Job(UUID id, String key, Optional<UUID> tenantId, int attempt) {}
