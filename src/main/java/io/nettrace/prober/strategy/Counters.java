package io.nettrace.prober.strategy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What the engine has done so far; written by its thread, readable by any. */
public final class Counters {
  /** What is counted beside {@link DropReason}s. */
  public enum Event {
    SENT,
    ANSWERED,
    /** Answered after it was given up, so that it counted for a trace but cost a retry. */
    ANSWERED_LATE,
    RETRIED,
    EXPIRED,
    SEND_FAILED,
    /** The wall clock was stepped while the probe was out: measured by the monotonic clock. */
    CLOCK_STEPPED
  }

  private final Map<Event, AtomicLong> events = zeros(Event.class);
  private final Map<DropReason, AtomicLong> drops = zeros(DropReason.class);

  public long get(Event event) {
    return of(events, event).get();
  }

  public long get(DropReason reason) {
    return of(drops, reason).get();
  }

  void count(Event event) {
    increment(of(events, event));
  }

  void count(DropReason reason) {
    increment(of(drops, reason));
  }

  /** There is one writer, so that no atomic addition is needed. */
  private static void increment(AtomicLong counter) {
    counter.setRelease(counter.getPlain() + 1);
  }

  private static <E extends Enum<E>> AtomicLong of(Map<E, AtomicLong> counters, E key) {
    return Objects.requireNonNull(counters.get(key));
  }

  private static <E extends Enum<E>> Map<E, AtomicLong> zeros(Class<E> keys) {
    Map<E, AtomicLong> counters = new EnumMap<>(keys);
    EnumSet.allOf(keys).forEach(key -> counters.put(key, new AtomicLong()));
    return counters;
  }
}
