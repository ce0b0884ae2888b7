package io.nettrace.export;

/** What an export will come to: its rows are counted, its bytes reckoned from them. */
public record Estimate(long rows, long bytes) {

  static Estimate of(long rows, Format format, Compression compression) {
    return new Estimate(rows, rows * bytesPerRow(format, compression));
  }

  /** As measured on a day of bursts of the lab; rounded up. */
  private static int bytesPerRow(Format format, Compression compression) {
    boolean plain = compression == Compression.NONE;
    return switch (format) {
      case CSV -> plain ? 200 : 75;
      case JSON, NDJSON -> plain ? 520 : 85;
      case PARQUET -> plain ? 90 : 65;
    };
  }
}
