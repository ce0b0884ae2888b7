package io.nettrace.export;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import com.jerolba.carpet.TimeUnit;
import io.nettrace.sample.BurstRow;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
      @Nullable Double pdvMs,
      Instant knownAt,
      int revision,
      @Nullable String losses) {}

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
  public void write(BurstRow burst) throws IOException {
    rows.write(
        new Row(
            time(burst.observedAtMicros()),
            burst.host(),
            source.targetId(),
            source.vantagePoint(),
            burst.simulated(),
            BurstColumns.word(burst.method()),
            BurstColumns.word(burst.mode()),
            burst.address(),
            burst.sent(),
            burst.received(),
            burst.sendFailures(),
            burst.sent() == 0 ? null : (burst.sent() - burst.received()) / (double) burst.sent(),
            millis(burst, BurstRow::minNanos),
            millis(burst, BurstRow::meanNanos),
            millis(burst, BurstRow::p50Nanos),
            millis(burst, BurstRow::p90Nanos),
            millis(burst, BurstRow::p95Nanos),
            millis(burst, BurstRow::p99Nanos),
            millis(burst, BurstRow::maxNanos),
            ipdvMillis(burst),
            millis(burst, BurstRow::pdvNanos),
            time(burst.knownAtMicros()),
            burst.revision(),
            burst.losses().isEmpty() ? null : burst.losses()));
  }

  @Override
  public void finish() throws IOException {
    rows.close();
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static @Nullable Double millis(BurstRow burst, ToLongFunction<BurstRow> nanos) {
    return burst.received() == 0 ? null : nanos.applyAsLong(burst) / NANOS_PER_MILLI;
  }

  private static @Nullable Double ipdvMillis(BurstRow burst) {
    return burst.received() == 0 || burst.ipdvNanos() == BurstRow.NO_IPDV
        ? null
        : millis(burst, BurstRow::ipdvNanos);
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
