package io.nettrace.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The bursts of one target in the hour before its newest one. */
final class DelayWindow {
  private static final Duration LENGTH = Duration.ofHours(1);

  /** An hour at a burst a second; older ones give way. */
  private static final int MOST_BURSTS = 3600;

  private static final class Entry {
    private final Instant observedAt;
    private final int sent;
    private final int received;
    private final long[] delaysNanos;

    Entry(Instant observedAt, int sent, int received, long[] delaysNanos) {
      this.observedAt = observedAt;
      this.sent = sent;
      this.received = received;
      this.delaysNanos = delaysNanos;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private Instant newest = Instant.MIN;

  /** Delays must be sorted. What is known already changes nothing. */
  void add(Instant observedAt, int sent, int received, long[] delaysNanos) {
    if (entries.stream().anyMatch(entry -> entry.observedAt.equals(observedAt))) {
      return;
    }
    if (observedAt.isAfter(newest)) {
      newest = observedAt;
    }
    entries.add(new Entry(observedAt, sent, received, delaysNanos));
    Instant oldest = newest.minus(LENGTH);
    entries.removeIf(entry -> !entry.observedAt.isAfter(oldest));
    if (entries.size() > MOST_BURSTS) {
      entries.removeFirst();
    }
  }

  Optional<LastHour> summary() {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    long[] delays = entries.stream().flatMapToLong(e -> Arrays.stream(e.delaysNanos)).toArray();
    Arrays.sort(delays);
    return Optional.of(
        new LastHour(
            entries.stream().map(e -> e.observedAt).min(Instant::compareTo).orElseThrow(),
            newest,
            entries.size(),
            entries.stream().mapToLong(e -> e.sent).sum(),
            entries.stream().mapToLong(e -> e.received).sum(),
            nearestRank(delays, 50),
            nearestRank(delays, 99),
            course()));
  }

  private List<Stretch> course() {
    List<List<Entry>> stretches =
        Stream.<List<Entry>>generate(ArrayList::new).limit(Stretch.COUNT).toList();
    long length = LENGTH.toMillis() / Stretch.COUNT;
    for (Entry entry : entries) {
      long age = Duration.between(entry.observedAt, newest).toMillis() / length;
      stretches.get(Stretch.COUNT - 1 - (int) Math.min(age, Stretch.COUNT - 1)).add(entry);
    }
    return stretches.stream().map(DelayWindow::stretch).toList();
  }

  private static Stretch stretch(List<Entry> bursts) {
    long[] delays = bursts.stream().flatMapToLong(e -> Arrays.stream(e.delaysNanos)).toArray();
    Arrays.sort(delays);
    return new Stretch(
        bursts.stream().mapToLong(e -> e.sent).sum(),
        bursts.stream().mapToLong(e -> e.received).sum(),
        nearestRank(delays, 50));
  }

  private static OptionalLong nearestRank(long[] sorted, int percentile) {
    if (sorted.length == 0) {
      return OptionalLong.empty();
    }
    int rank = (int) Math.ceil(percentile / 100.0 * sorted.length);
    return OptionalLong.of(sorted[rank - 1]);
  }
}
