package io.nettrace.signal;

import io.nettrace.catalog.Target;
import io.nettrace.geo.Place;
import io.nettrace.geo.Whereabouts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a target's address when a verdict is asked for.
 *
 * @param addresses in the newest answer of the name service
 * @param ttl how long that answer may be kept; empty when there was none
 * @param moves to addresses not seen before, over the last day
 * @param minRttNanos the least delay since the address is probed
 */
record EdgeFacts(
    Target target,
    Whereabouts whereabouts,
    Optional<Place> vantage,
    int addresses,
    Optional<Duration> ttl,
    int moves,
    OptionalLong minRttNanos) {}
