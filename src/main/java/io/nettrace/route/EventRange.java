package io.nettrace.route;

import java.time.Instant;
import java.util.Optional;

/**
 * Events from {@code start} until before {@code end}, of one target or all, from one vantage point
 * or all.
 */
public record EventRange(
    Optional<String> targetId, Optional<String> vantagePoint, Instant start, Instant end) {}
