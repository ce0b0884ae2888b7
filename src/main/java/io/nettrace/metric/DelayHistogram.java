package io.nettrace.metric;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A mergeable distribution of round-trip delays: any percentile of any union of bursts, within 0.1
 * % of the true sample (three significant digits, resolution 1 µs).
 *
 * <p>Up to {@value #EXACT_MOST} delays are held as they are, to the nanosecond; more than that as
 * counts in an HdrHistogram. Encoded as one of
 *
 * <pre>
 *   1   how many, smallest delay, each difference to the next one        nanoseconds
 *   2   how many, (difference to the next value, count) for each value   microseconds
 *   28  HdrHistogram's compressed V2 form, which was written before      microseconds
 * </pre>
 *
 * where the first byte says which, and numbers are {@link Varints}.
 */
public final class DelayHistogram {
  public static final int EXACT_MOST = 64;

  private static final int SIGNIFICANT_DIGITS = 3;
  private static final long NANOS_PER_UNIT = 1_000;

  /** What a double adds to a rank that is a whole number. */
  private static final double ROUNDING = 1e-9;

  /** More than a month; what is longer is no delay. */
  private static final long LONGEST_MICROS = 1L << 42;

  private static final byte EXACT = 1;
  private static final byte COUNTED = 2;
  private static final byte HDR_V2 = 0x1c;

  private long[] nanos = new long[0];
  private int held;
  private @Nullable AbstractHistogram micros;

  private final boolean forMany;

  public DelayHistogram() {
    this(false);
  }

  private DelayHistogram(boolean forMany) {
    this.forMany = forMany;
  }

  /** For taking very many together: quicker than others, at up to 100 KB. */
  public static DelayHistogram forMany() {
    return new DelayHistogram(true);
  }

  /** Reads what {@link #encoded()} wrote, today or in the past; refuses anything else. */
  public static DelayHistogram decode(byte[] encoded) {
    DelayHistogram decoded = new DelayHistogram();
    decoded.addEncoded(encoded, 0);
    return decoded;
  }

  /** Adds what {@link #encoded()} wrote into {@code bytes}, from {@code start} to their end. */
  public void addEncoded(byte[] bytes, int start) {
    if (start >= bytes.length) {
      throw new IllegalArgumentException("not a delay histogram: it is empty");
    }
    Varints.Reader numbers = new Varints.Reader(bytes, start + 1, bytes.length);
    switch (bytes[start]) {
      case EXACT -> addExact(numbers, numbers.next());
      case COUNTED -> addCounted(numbers, numbers.next());
      case HDR_V2 -> addHdr(Arrays.copyOfRange(bytes, start, bytes.length));
      default -> throw new IllegalArgumentException("not a delay histogram: " + bytes[start]);
    }
  }

  private void addExact(Varints.Reader numbers, long many) {
    long delay = 0;
    for (long i = 0; i < many; i++) {
      delay += numbers.next();
      record(delay);
    }
    refuseMore(numbers);
  }

  private void addCounted(Varints.Reader numbers, long many) {
    AbstractHistogram counts = counts();
    long value = 0;
    for (long i = 0; i < many; i++) {
      value += numbers.next();
      count(counts, value, numbers.next());
    }
    refuseMore(numbers);
  }

  private static void refuseMore(Varints.Reader numbers) {
    if (numbers.hasMore()) {
      throw new IllegalArgumentException("not a delay histogram: something follows it");
    }
  }

  private void addHdr(byte[] encoded) {
    try {
      counts().add(PackedHistogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not a delay histogram: " + e.getMessage(), e);
    }
  }

  public void record(long rttNanos) {
    if (rttNanos < 0) {
      throw new IllegalArgumentException("a delay cannot be negative: " + rttNanos);
    }
    if (micros != null || held == EXACT_MOST) {
      count(counts(), toMicros(rttNanos), 1);
      return;
    }
    if (held == nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.max(8, held * 2));
    }
    nanos[held++] = rttNanos;
  }

  public void add(DelayHistogram other) {
    if (other.micros != null) {
      counts().add(other.micros);
    }
    for (int i = 0; i < other.held; i++) {
      record(other.nanos[i]);
    }
  }

  public long count() {
    return held + (micros == null ? 0 : micros.getTotalCount());
  }

  /** The delay that {@code percentile} (0–100) of the recorded ones do not exceed, nearest rank. */
  public long percentileNanos(double percentile) {
    if (count() == 0) {
      throw new IllegalStateException("no delay was recorded, so there is no percentile");
    }
    if (micros != null) {
      return micros.getValueAtPercentile(percentile) * NANOS_PER_UNIT;
    }
    int rank = (int) Math.ceil(Math.min(percentile, 100) * held / 100 - ROUNDING);
    return sorted()[Math.max(0, rank - 1)];
  }

  /** Every delay to the nanosecond, the smallest first; empty when they were too many for that. */
  public Optional<long[]> exactNanos() {
    return micros == null ? Optional.of(sorted()) : Optional.empty();
  }

  /** Every recorded delay, the smallest first, at this histogram's resolution. */
  public long[] delaysNanos() {
    AbstractHistogram counts = micros;
    if (counts == null) {
      return sorted();
    }
    return StreamSupport.stream(counts.recordedValues().spliterator(), false)
        .flatMapToLong(
            value ->
                LongStream.generate(() -> value.getValueIteratedTo() * NANOS_PER_UNIT)
                    .limit(value.getCountAtValueIteratedTo()))
        .toArray();
  }

  public byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    AbstractHistogram counts = micros;
    if (counts == null) {
      out.write(EXACT);
      Varints.write(out, held);
      long before = 0;
      for (long delay : sorted()) {
        Varints.write(out, delay - before);
        before = delay;
      }
    } else {
      out.write(COUNTED);
      ByteArrayOutputStream pairs = new ByteArrayOutputStream(1024);
      Varints.write(out, encode(counts, pairs));
      out.writeBytes(pairs.toByteArray());
    }
    return out.toByteArray();
  }

  private static int encode(AbstractHistogram counts, ByteArrayOutputStream pairs) {
    int many = 0;
    long before = 0;
    for (HistogramIterationValue value : counts.recordedValues()) {
      Varints.write(pairs, value.getValueIteratedTo() - before);
      Varints.write(pairs, value.getCountAddedInThisIterationStep());
      before = value.getValueIteratedTo();
      many++;
    }
    return many;
  }

  private long[] sorted() {
    long[] sorted = Arrays.copyOf(nanos, held);
    Arrays.sort(sorted);
    return sorted;
  }

  /** From now on in counts. */
  private AbstractHistogram counts() {
    AbstractHistogram counts = micros;
    if (counts == null) {
      counts =
          forMany ? new Histogram(SIGNIFICANT_DIGITS) : new PackedHistogram(SIGNIFICANT_DIGITS);
      micros = counts;
      for (int i = 0; i < held; i++) {
        count(counts, toMicros(nanos[i]), 1);
      }
      nanos = new long[0];
      held = 0;
    }
    return counts;
  }

  private static void count(AbstractHistogram counts, long value, long times) {
    if (value < 0 || value > LONGEST_MICROS || times > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not a delay: " + value + " us, " + times + " times");
    }
    counts.recordValueWithCount(value, times);
  }

  private static long toMicros(long rttNanos) {
    return Math.round((double) rttNanos / NANOS_PER_UNIT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DelayHistogram that
        && count() == that.count()
        && Arrays.equals(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded());
  }

  @Override
  public String toString() {
    return count() == 0 ? "no delays" : count() + " delays, p50 " + percentileNanos(50) + " ns";
  }
}
