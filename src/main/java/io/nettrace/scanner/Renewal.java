package io.nettrace.scanner;

import java.util.UUID;

/**
 * A scanner says that it is still there, every few seconds.
 *
 * @param instance the scanner's installation: the same after a restart
 * @param spool the numbering of this run, as told in {@link Hello}
 * @param obeyed number of the grant it goes by; whatever only an earlier one held is given up
 * @param leaving it stops measuring, so its slices are free at once
 */
public record Renewal(
    String vantagePoint,
    boolean simulated,
    UUID instance,
    UUID spool,
    long obeyed,
    boolean leaving,
    SpoolState state) {}
