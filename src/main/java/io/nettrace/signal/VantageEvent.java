package io.nettrace.signal;

import io.nettrace.route.EventPosition;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.OwnFault;
import java.time.Instant;

/**
 * A fault of a vantage point as an event: one, however many of its targets could not be measured.
 *
 * @param knownAt when it could first be read
 */
public record VantageEvent(
    VantagePoint vantagePoint, OwnFault fault, Instant knownAt, EventPosition position) {}
