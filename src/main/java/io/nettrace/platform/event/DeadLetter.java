package io.nettrace.platform.event;

import java.time.Instant;

/**
 * An event that a consumer could not take in.
 *
 * @param reason the last failure
 */
public record DeadLetter(KeptEvent event, String reason, Instant diedAt) {}
