package io.nettrace.prober.strategy;

import io.nettrace.prober.packet.AddressBits;
import org.jspecify.annotations.Nullable;

/**
 * All routers that answered lately, found by address without making objects. When it is full it
 * starts afresh: what it forgets is learned again within a scan.
 */
final class Routers {
  private final int limit;
  private final double perSecond;
  private final double burst;
  private long[] keys;
  private @Nullable ResponderBudget[] values;
  private int size;

  Routers(int limit, double perSecond, double burst) {
    this.limit = limit;
    this.perSecond = perSecond;
    this.burst = burst;
    keys = new long[512];
    values = new ResponderBudget[256];
  }

  ResponderBudget at(long hi, long lo, long now) {
    int at = find(hi, lo);
    ResponderBudget found = values[at];
    return found != null ? found : add(hi, lo, now);
  }

  private ResponderBudget add(long hi, long lo, long now) {
    if (size >= limit) {
      keys = new long[512];
      values = new ResponderBudget[256];
      size = 0;
    } else if (2 * size >= values.length) {
      grow();
    }
    ResponderBudget router =
        new ResponderBudget(AddressBits.address(hi, lo), perSecond, burst, now);
    put(find(hi, lo), hi, lo, router);
    size++;
    return router;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable ResponderBudget[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new ResponderBudget[oldValues.length * 2];
    for (int i = 0; i < oldValues.length; i++) {
      ResponderBudget router = oldValues[i];
      if (router != null) {
        put(find(oldKeys[2 * i], oldKeys[2 * i + 1]), oldKeys[2 * i], oldKeys[2 * i + 1], router);
      }
    }
  }

  private void put(int at, long hi, long lo, ResponderBudget router) {
    keys[2 * at] = hi;
    keys[2 * at + 1] = lo;
    values[at] = router;
  }

  private int find(long hi, long lo) {
    int mask = values.length - 1;
    long mixed = (hi * 0x9E3779B97F4A7C15L + lo) * 0xC2B2AE3D27D4EB4FL;
    int at = (int) (mixed >>> 40) & mask;
    while (values[at] != null && (keys[2 * at] != hi || keys[2 * at + 1] != lo)) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
