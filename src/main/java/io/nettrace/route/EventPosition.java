package io.nettrace.route;

import java.time.Instant;

/**
 * Where a page of events ended: they are ordered by time, then by a key that no two events of a
 * moment share.
 */
public record EventPosition(Instant at, String key) {}
