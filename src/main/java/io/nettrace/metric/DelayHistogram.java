package io.nettrace.metric;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import org.HdrHistogram.PackedHistogram;

/**
 * A mergeable distribution of round-trip delays: any percentile of any union of bursts, within 0.1
 * % of the true sample (three significant digits, resolution 1 µs).
 *
 * <p>Encoded in HdrHistogram's compressed V2 form, so that other programs can read it.
 */
public final class DelayHistogram {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final long NANOS_PER_UNIT = 1_000;

  private final PackedHistogram micros;

  public DelayHistogram() {
    this(new PackedHistogram(SIGNIFICANT_DIGITS));
  }

  private DelayHistogram(PackedHistogram micros) {
    this.micros = micros;
  }

  /** Reads what {@link #encoded()} wrote; refuses anything else. */
  public static DelayHistogram decode(byte[] encoded) {
    try {
      return new DelayHistogram(
          PackedHistogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not a delay histogram: " + e.getMessage(), e);
    }
  }

  public void record(long rttNanos) {
    micros.recordValue(Math.round((double) rttNanos / NANOS_PER_UNIT));
  }

  public void add(DelayHistogram other) {
    micros.add(other.micros);
  }

  public long count() {
    return micros.getTotalCount();
  }

  /** The delay that {@code percentile} (0–100) of the recorded ones do not exceed, nearest rank. */
  public long percentileNanos(double percentile) {
    if (count() == 0) {
      throw new IllegalStateException("no delay was recorded, so there is no percentile");
    }
    return micros.getValueAtPercentile(percentile) * NANOS_PER_UNIT;
  }

  /** Every recorded delay, the smallest first, at this histogram's resolution. */
  public long[] delaysNanos() {
    return StreamSupport.stream(micros.recordedValues().spliterator(), false)
        .flatMapToLong(
            value ->
                LongStream.generate(() -> value.getValueIteratedTo() * NANOS_PER_UNIT)
                    .limit(value.getCountAtValueIteratedTo()))
        .toArray();
  }

  public byte[] encoded() {
    // a histogram keeps its encoding buffers, hundreds of times its own size, for ever
    PackedHistogram passing = micros.copy();
    ByteBuffer buffer = ByteBuffer.allocate(passing.getNeededByteBufferCapacity());
    int length = passing.encodeIntoCompressedByteBuffer(buffer);
    byte[] encoded = new byte[length];
    buffer.flip().get(encoded);
    return encoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DelayHistogram that && micros.equals(that.micros);
  }

  @Override
  public int hashCode() {
    return micros.hashCode();
  }

  @Override
  public String toString() {
    return count() == 0 ? "no delays" : count() + " delays, p50 " + percentileNanos(50) + " ns";
  }
}
