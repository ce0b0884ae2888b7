package io.nettrace.lab.engine;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts packets by what became of them. Written by the engine's thread, read by any. */
final class LabCounters {
  /** What can become of a packet that was read. */
  enum Fate {
    READ,
    ANSWERED,
    LOST,
    SILENT,
    RATE_LIMITED,
    UNROUTABLE,
    MALFORMED,
    IGNORED,
    OVERFLOWED
  }

  private final Map<Fate, AtomicLong> counts = new EnumMap<>(Fate.class);

  LabCounters() {
    EnumSet.allOf(Fate.class).forEach(fate -> counts.put(fate, new AtomicLong()));
  }

  void count(Fate fate) {
    of(fate).incrementAndGet();
  }

  LabStatistics snapshot() {
    return new LabStatistics(
        of(Fate.READ).get(),
        of(Fate.ANSWERED).get(),
        of(Fate.LOST).get(),
        of(Fate.SILENT).get(),
        of(Fate.RATE_LIMITED).get(),
        of(Fate.UNROUTABLE).get(),
        of(Fate.MALFORMED).get(),
        of(Fate.IGNORED).get(),
        of(Fate.OVERFLOWED).get());
  }

  private AtomicLong of(Fate fate) {
    return Objects.requireNonNull(counts.get(fate));
  }
}
