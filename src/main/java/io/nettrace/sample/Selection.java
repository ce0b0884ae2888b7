package io.nettrace.sample;

import java.time.Instant;

/** One target seen from one vantage point, from {@code start} until before {@code end}. */
public record Selection(String targetId, String vantagePoint, Instant start, Instant end) {}
