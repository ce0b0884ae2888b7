package io.nettrace.sample;

import java.time.Instant;

/**
 * A trace as a row of the record says it.
 *
 * @param knownAt when it could first be read
 * @param position where a reader of what became known stands behind it
 */
public record RecordedTrace(TraceSample trace, Instant knownAt, KnownPosition position) {}
