package io.nettrace.platform.event;

import java.time.Instant;
import java.util.Optional;

/**
 * How a consumer fares, whichever node does its work.
 *
 * @param oldestWaiting when the first event happened that it has not taken in
 * @param failures how often in a row the next event could not be taken in
 * @param deadLetters how many events it gave up
 */
public record ConsumerState(
    String name,
    Optional<Instant> oldestWaiting,
    int failures,
    Optional<String> failure,
    Optional<Instant> retryAt,
    long deadLetters) {}
