package io.nettrace.plan;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A tenant has used so much of a day's quota. Fired once for each tenant, day and percentage, on
 * one node, after it was written down.
 *
 * @param percent 75, 90 or 100
 */
public record QuotaReached(UUID tenantId, LocalDate day, int percent, long used, long limit) {}
