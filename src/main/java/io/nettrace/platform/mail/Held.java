package io.nettrace.platform.mail;

import java.time.Instant;

/** Letters of one purpose that were held back for one reason in the last seven days. */
public record Held(Purpose purpose, HeldWhy why, long count, Instant last) {}
