package io.nettrace.scanner.spool;

import java.util.UUID;

/**
 * Whose measurements a spool file holds.
 *
 * @param firstSequence number of its first delivery
 */
record Header(UUID spool, String vantagePoint, boolean simulated, long firstSequence) {}
