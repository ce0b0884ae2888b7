package io.nettrace.platform.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job that this node picked; it is this node's as long as its version stays.
 *
 * @param data JSON
 * @param failures attempts before
 */
record PickedJob(
    UUID id,
    String type,
    String key,
    Optional<UUID> tenantId,
    String data,
    int priority,
    Instant enqueuedAt,
    int failures,
    long version) {

  Job job() {
    return new Job(id, key, tenantId, failures + 1);
  }
}
