package io.nettrace.prober.strategy;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hop tables used again and again, so that a trace of a known path costs next to no memory. There
 * are never more than there were traces under way at once. Tables are taken by the engine's thread
 * and given back by the one that delivers results.
 */
final class HopTables {
  private final int maxTtl;
  private final ConcurrentLinkedQueue<HopTable> spare = new ConcurrentLinkedQueue<>();

  HopTables(int maxTtl) {
    this.maxTtl = maxTtl;
  }

  HopTable take() {
    HopTable table = spare.poll();
    return table == null ? new HopTable(maxTtl) : table;
  }

  void giveBack(HopTable table) {
    table.clear();
    spare.add(table);
  }
}
