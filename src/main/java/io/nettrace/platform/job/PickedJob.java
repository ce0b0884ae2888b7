package io.nettrace.platform.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job that this node picked; it is this node's as long as its version stays.
 *
 * @param data JSON
 * @param failures attempts before
 * @param putOffSince when it first could not be done because its database was away, if that was
 *     what came of its last attempt
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
    Optional<Instant> putOffSince,
    long version) {

  Job job() {
    return new Job(id, key, tenantId, failures + 1);
  }
}
