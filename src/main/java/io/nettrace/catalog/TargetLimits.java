package io.nettrace.catalog;

import java.time.Duration;

/**
 * How much of its own a tenant may have measured.
 *
 * @param count most targets, paused ones included
 * @param fastestInterval shortest time between two bursts of a target
 * @param packetsPerMinute of all targets that are not paused together, at each vantage point
 */
public record TargetLimits(int count, Duration fastestInterval, long packetsPerMinute) {}
