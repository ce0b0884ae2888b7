package io.nettrace.sample;

import java.time.Instant;
import java.util.List;

/**
 * What became known after a position, in that order.
 *
 * @param more whether there is more already
 * @param until whatever became known until then is among these items or those before
 */
public record KnownPage<T>(List<T> items, boolean more, Instant until) {}
