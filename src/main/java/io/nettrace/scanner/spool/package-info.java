/**
 * Measurements on disk, until the control plane has acknowledged each.
 *
 * <pre>
 *   0001795379263953-000000000001.spool:  HEADER B B T B SEAL(1) B R B SEAL(2) B …
 *                                                \___________/      \_______/  not yet a delivery
 *                                                  delivery 1       delivery 2
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A measurement is appended (one {@code write}) when it was taken, so killing the process
 *       loses none; once a second what was appended is sealed and forced to disk ({@code
 *       fdatasync}), so a power failure loses at most the last second. Only what is sealed is sent.
 *   <li>Each entry carries a CRC32C. An end cut off by a crash is cut away; damage elsewhere costs
 *       the damaged entries only, and the file is kept in {@code quarantine}.
 *   <li>Bounded in bytes. When it is full, detail goes first, oldest first: hops of traces, then
 *       traces, then bursts; all of it counted and told to the control plane.
 *   <li>A full disk stops no measuring: what was acknowledged makes room first, also in the file
 *       that is being written; 64 KiB are kept aside so that what is there can still be sealed and
 *       sent; what the disk does not take waits in memory, up to 8 MiB, of which the oldest is
 *       given up and counted.
 *   <li>What a crash leaves unsealed is sealed at the next start under its own numbering.
 * </ul>
 */
@NullMarked
package io.nettrace.scanner.spool;

import org.jspecify.annotations.NullMarked;
