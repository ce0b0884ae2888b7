package io.nettrace.scanner.spool;

import java.time.Instant;

/** Makes the entries before it a delivery. */
record Seal(long sequence, Instant sealedAt) {}
