package io.nettrace.export;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import com.jerolba.carpet.TimeUnit;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** A Parquet file, a row per burst; an unknown value is null. Times are in microseconds, UTC. */
final class ParquetBurstFile implements BurstFile {
  private static final double NANOS_PER_MILLI = 1e6;

  private final CarpetWriter<Row> rows;
  private final Source source;

  /** Its names, in snake case, are those of {@link BurstColumns}. */
  record Row(
      Instant observedAt,
      String host,
      String targetId,
      String vantagePoint,
      boolean simulated,
      String method,
      String mode,
      String address,
      int sent,
      int received,
      int sendFailures,
      @Nullable Double lossRatio,
      @Nullable Double rttMinMs,
      @Nullable Double rttMeanMs,
      @Nullable Double rttP50Ms,
      @Nullable Double rttP90Ms,
      @Nullable Double rttP95Ms,
      @Nullable Double rttP99Ms,
      @Nullable Double rttMaxMs,
      @Nullable Double ipdvMs,
      @Nullable Double pdvMs) {}

  ParquetBurstFile(OutputStream out, Compression compression, Source source) throws IOException {
    this.source = source;
    this.rows =
        new CarpetWriter.Builder<>(new StaysOpen(out), Row.class)
            .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
            .withDefaultTimeUnit(TimeUnit.MICROS)
            .withCompressionCodec(codec(compression))
            .build();
  }

  @Override
  public void write(BurstSample burst) throws IOException {
    Optional<DelaySummary> d = burst.delays();
    rows.write(
        new Row(
            burst.observedAt(),
            source.host(),
            source.targetId(),
            source.vantagePoint(),
            source.simulated(),
            BurstColumns.word(burst.method()),
            BurstColumns.word(burst.mode()),
            burst.address().getHostAddress(),
            burst.sent(),
            burst.received(),
            burst.sendFailures(),
            burst.lossRatio().orElse(null),
            millis(d, DelaySummary::minNanos),
            millis(d, DelaySummary::meanNanos),
            millis(d, DelaySummary::p50Nanos),
            millis(d, DelaySummary::p90Nanos),
            millis(d, DelaySummary::p95Nanos),
            millis(d, DelaySummary::p99Nanos),
            millis(d, DelaySummary::maxNanos),
            ipdvMillis(d),
            millis(d, DelaySummary::pdvNanos)));
  }

  @Override
  public void finish() throws IOException {
    rows.close();
  }

  private static @Nullable Double millis(
      Optional<DelaySummary> delays, ToLongFunction<DelaySummary> nanos) {
    return delays.isEmpty() ? null : nanos.applyAsLong(delays.get()) / NANOS_PER_MILLI;
  }

  private static @Nullable Double ipdvMillis(Optional<DelaySummary> delays) {
    return delays.isEmpty() || delays.get().ipdvNanos().isEmpty()
        ? null
        : delays.get().ipdvNanos().getAsLong() / NANOS_PER_MILLI;
  }

  private static CompressionCodecName codec(Compression compression) {
    return switch (compression) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case GZIP -> CompressionCodecName.GZIP;
      case ZSTD -> CompressionCodecName.ZSTD;
    };
  }

  /** The writer ends its file by closing it; the stream belongs to somebody else. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
