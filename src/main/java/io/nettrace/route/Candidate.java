package io.nettrace.route;

import java.time.Instant;

/**
 * A path that differs from the route in force and waits for confirmation.
 *
 * @param firstSeenAt when the trace that saw it first began
 * @param confirmations further traces that agreed
 * @param undecided traces that said nothing about it
 */
public record Candidate(
    CanonicalPath path, Instant firstSeenAt, int confirmations, int undecided) {}
