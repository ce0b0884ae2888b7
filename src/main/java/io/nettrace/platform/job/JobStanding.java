package io.nettrace.platform.job;

import java.time.Instant;
import java.util.Optional;

/**
 * How the jobs of a type fare on all nodes, and what this node did of them.
 *
 * @param oldestDue since when the longest waiting one has been due
 * @param runs attempts of this node
 * @param failures of them
 */
public record JobStanding(
    String type,
    long waiting,
    long running,
    Optional<Instant> oldestDue,
    long dead,
    long runs,
    long failures) {}
