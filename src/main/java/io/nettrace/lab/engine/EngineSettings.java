package io.nettrace.lab.engine;

/**
 * The bounds of one lab.
 *
 * @param pendingReplies answers that may wait for their time at once
 * @param logEntries answered probes that the log remembers
 * @param spinNanos how long before an answer is due the engine stops sleeping, which costs
 *     processor time and buys accuracy
 * @param drainBatch packets read in a row before answers that are due get their turn
 * @param deviceQueue packets that may wait to be read from the device
 * @param packetBytes the largest packet
 */
public record EngineSettings(
    int pendingReplies,
    int logEntries,
    long spinNanos,
    int drainBatch,
    int deviceQueue,
    int packetBytes) {
  public static final EngineSettings DEFAULT =
      new EngineSettings(16_384, 65_536, 60_000, 32, 20_000, 1_536);
}
