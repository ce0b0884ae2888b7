package io.nettrace.scanner.cycle;

import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.Resolution;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts what was measured into the spool at once. While the disk takes nothing, a bounded part of it
 * waits in memory. Confined to the cycle's thread.
 */
final class Harvest {
  /** A few minutes of 10,000 targets. */
  private static final int MOST_KEPT = 50_000;

  private final Spool spool;
  private final Deque<Writing> kept = new ArrayDeque<>();

  /** One measurement on its way into the spool. */
  private interface Writing {
    void write() throws IOException;
  }

  Harvest(Spool spool) {
    this.spool = spool;
  }

  void add(MeasuredBurst burst) {
    put(() -> spool.append(burst));
  }

  void add(MeasuredTrace trace) {
    put(() -> spool.append(trace));
  }

  void add(Resolution resolution) {
    put(() -> spool.append(resolution));
  }

  void add(OwnFault fault) {
    put(() -> spool.append(fault));
  }

  int kept() {
    return kept.size();
  }

  /** Writes what could not be written before. */
  void retry() throws IOException {
    while (!kept.isEmpty()) {
      kept.getFirst().write();
      kept.removeFirst();
    }
  }

  private void put(Writing writing) {
    try {
      retry();
      writing.write();
    } catch (IOException e) {
      kept.addLast(writing); // told when sealing fails, once a second
      if (kept.size() > MOST_KEPT) {
        kept.removeFirst();
      }
    }
  }
}
