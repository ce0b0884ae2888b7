package io.nettrace.sample;

import java.time.Instant;

/**
 * A burst as a row of the record says it.
 *
 * @param knownAt when this revision could first be read
 * @param revision 0 as measured; each correction has the next number
 * @param retracted this revision says that there is no such measurement
 * @param position where a reader of what became known stands behind it
 */
public record RecordedBurst(
    BurstSample burst, Instant knownAt, int revision, boolean retracted, KnownPosition position) {}
