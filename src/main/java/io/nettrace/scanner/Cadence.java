package io.nettrace.scanner;

import java.time.Duration;

/**
 * How often a scanner measures each target, and how fast it may send over all of them.
 *
 * @param burstPackets probes of one burst, spread over the burst's cycle
 * @param packetsPerSecond bound over everything the scanner sends
 */
public record Cadence(
    Duration burstEvery, int burstPackets, Duration traceEvery, int packetsPerSecond) {}
