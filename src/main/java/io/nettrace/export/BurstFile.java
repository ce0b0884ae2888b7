package io.nettrace.export;

import io.nettrace.sample.BurstRow;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bursts written one after another; nothing of them is kept. Whatever the format, the columns are
 * those of {@link BurstColumns}.
 */
public interface BurstFile {

  /** A file whose bytes go to {@code out}, which stays open. */
  static BurstFile open(Format format, Compression compression, OutputStream out, Source source)
      throws IOException {
    return switch (format) {
      case CSV -> new CsvBurstFile(out, source);
      case JSON -> JsonBurstFile.document(out, source);
      case NDJSON -> JsonBurstFile.lines(out, source);
      case PARQUET -> new ParquetBurstFile(out, compression, source);
    };
  }

  void write(BurstRow burst) throws IOException;

  /** The end; a file that broke off has none, so that its reader can tell. */
  void finish() throws IOException;
}
