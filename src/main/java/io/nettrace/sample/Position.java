package io.nettrace.sample;

import java.time.Instant;

/**
 * Where a page of a listing ended: rows are ordered by time; method and address tell those of one
 * moment apart.
 */
public record Position(Instant observedAt, String method, String address) {}
