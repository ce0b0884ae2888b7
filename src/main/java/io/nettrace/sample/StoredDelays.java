package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Varints;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The delays of one burst as {@code catalog.bursts.delays} holds them: every delay where they are
 * few, from which the summary follows; else the summary as measured and a histogram. Nothing that
 * was measured is lost either way.
 */
final class StoredDelays {
  private static final byte EXACT = 1;
  private static final byte SUMMARISED = 2;
  private static final int SUMMARY_NUMBERS = 9;
  private static final int HISTOGRAM_AT = 1 + SUMMARY_NUMBERS * Long.BYTES;
  private static final byte[] NOTHING = {};

  private final long[] nanos = new long[DelayHistogram.EXACT_MOST];
  private int count;
  private byte[] histogram = NOTHING;
  private long sum;
  private long min;
  private long mean;
  private long p50;
  private long p90;
  private long p95;
  private long p99;
  private long max;
  private long ipdv;
  private long pdv;

  static byte[] encode(Burst burst) {
    Optional<DelaySummary> summary = burst.delays();
    if (summary.isEmpty()) {
      return NOTHING;
    }
    return burst
        .histogram()
        .exactNanos()
        .filter(sorted -> follows(summary.get(), sorted, burst.received()))
        .map(sorted -> exact(sorted, summary.get().ipdvNanos()))
        .orElseGet(() -> summarised(summary.get(), burst.histogram()));
  }

  /** A scanner's summary and delays should agree; where they do not, both are kept. */
  private static boolean follows(DelaySummary summary, long[] sorted, int received) {
    return sorted.length == received
        && DelaySummary.ofSorted(sorted, summary.ipdvNanos()).equals(summary);
  }

  private static byte[] exact(long[] sorted, OptionalLong ipdv) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.write(EXACT);
    Varints.write(out, ipdv.isPresent() ? ipdv.getAsLong() + 1 : 0);
    long before = 0;
    for (long delay : sorted) {
      Varints.write(out, delay - before);
      before = delay;
    }
    return out.toByteArray();
  }

  private static byte[] summarised(DelaySummary summary, DelayHistogram histogram) {
    byte[] encoded = histogram.encoded();
    return ByteBuffer.allocate(HISTOGRAM_AT + encoded.length)
        .put(SUMMARISED)
        .putLong(summary.minNanos())
        .putLong(summary.meanNanos())
        .putLong(summary.p50Nanos())
        .putLong(summary.p90Nanos())
        .putLong(summary.p95Nanos())
        .putLong(summary.p99Nanos())
        .putLong(summary.maxNanos())
        .putLong(summary.ipdvNanos().orElse(BurstRow.NO_IPDV))
        .putLong(summary.pdvNanos())
        .put(encoded)
        .array();
  }

  /** Shows what {@code encoded} holds, from {@code start} to {@code end}, at least one delay. */
  void show(byte[] encoded, int start, int end, int received) {
    switch (encoded[start]) {
      case EXACT -> showExact(new Varints.Reader(encoded, start + 1, end));
      case SUMMARISED -> showSummary(encoded, start, end, received);
      default -> throw new IllegalStateException("delays of unknown form " + encoded[start]);
    }
  }

  private void showExact(Varints.Reader numbers) {
    histogram = NOTHING;
    ipdv = numbers.next() - 1;
    count = 0;
    sum = 0;
    long delay = 0;
    while (numbers.hasMore()) {
      delay += numbers.next();
      nanos[count++] = delay;
      sum += delay;
    }
    min = nanos[0];
    mean = Math.round((double) sum / count);
    p50 = nearestRank(50);
    p90 = nearestRank(90);
    p95 = nearestRank(95);
    p99 = nearestRank(99);
    max = delay;
    pdv = p99 - min;
  }

  private long nearestRank(int percentile) {
    return nanos[Math.max(0, (int) Math.ceil(percentile / 100.0 * count) - 1)];
  }

  private void showSummary(byte[] encoded, int start, int end, int received) {
    ByteBuffer in = ByteBuffer.wrap(encoded, start + 1, end - start - 1);
    count = 0;
    min = in.getLong();
    mean = in.getLong();
    p50 = in.getLong();
    p90 = in.getLong();
    p95 = in.getLong();
    p99 = in.getLong();
    max = in.getLong();
    ipdv = in.getLong();
    pdv = in.getLong();
    sum = mean * received;
    histogram = new byte[in.remaining()];
    in.get(histogram);
  }

  void addTo(DelayHistogram all) {
    for (int i = 0; i < count; i++) {
      all.record(nanos[i]);
    }
    if (histogram.length > 0) {
      all.addEncoded(histogram, 0);
    }
  }

  DelaySummary summary() {
    return new DelaySummary(
        min,
        mean,
        p50,
        p90,
        p95,
        p99,
        max,
        ipdv == BurstRow.NO_IPDV ? OptionalLong.empty() : OptionalLong.of(ipdv),
        pdv);
  }

  long sum() {
    return sum;
  }

  long min() {
    return min;
  }

  long mean() {
    return mean;
  }

  long p50() {
    return p50;
  }

  long p90() {
    return p90;
  }

  long p95() {
    return p95;
  }

  long p99() {
    return p99;
  }

  long max() {
    return max;
  }

  long ipdv() {
    return ipdv;
  }

  long pdv() {
    return pdv;
  }
}
