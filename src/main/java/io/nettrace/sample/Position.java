package io.nettrace.sample;

import java.time.Instant;

/** Where a page of a listing ended: rows are ordered by time, then method, then address. */
public record Position(Instant observedAt, String method, String address) {}
