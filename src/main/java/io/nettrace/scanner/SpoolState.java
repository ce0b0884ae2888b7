package io.nettrace.scanner;

/**
 * What a scanner's spool holds, and what it had to give up since the scanner began. What was given
 * up was measured and is lost, so it is told for as long as the scanner runs.
 *
 * @param waiting deliveries that are not acknowledged
 * @param bytes their size on disk
 * @param thinnedTraces traces that lost their hops for want of room; their end is kept
 * @param droppedTraces traces given up for want of room
 * @param droppedBursts bursts given up for want of room
 * @param quarantined damaged files that were set aside
 * @param unwritten measurements that wait in memory, since the disk takes none
 */
public record SpoolState(
    int waiting,
    long bytes,
    long thinnedTraces,
    long droppedTraces,
    long droppedBursts,
    long quarantined,
    int unwritten) {
  public static final SpoolState EMPTY = new SpoolState(0, 0, 0, 0, 0, 0, 0);
}
