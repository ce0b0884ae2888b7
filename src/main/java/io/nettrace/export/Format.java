package io.nettrace.export;

import java.util.Locale;

/** What a file of measurements is made of; all hold the same columns. */
public enum Format {
  CSV("text/csv;charset=UTF-8"),
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  PARQUET("application/vnd.apache.parquet");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
