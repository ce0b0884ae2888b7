package io.nettrace.scan;

import java.time.Instant;
import java.util.UUID;

/**
 * Measurements of one tenant that wait for its schema.
 *
 * @param bytes how much room they take, deflated
 * @param reason why the oldest part could not be stored when that was last tried
 */
public record ParkedOfTenant(
    UUID tenantId, long parts, long measurements, long bytes, Instant oldest, String reason) {}
