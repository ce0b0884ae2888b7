package io.nettrace.route;

import java.time.Duration;
import java.time.Instant;

/**
 * Delay, loss and ipdv on both sides of a change of route.
 *
 * @param knownAt when enough had been seen after the change to say so
 * @param reach how far the windows reach to either side of the change
 */
public record ChangeEffect(
    Instant knownAt, Duration reach, BurstWindow before, BurstWindow after) {}
