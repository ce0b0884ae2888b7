package io.nettrace.edge.portal.account;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.export.Compression;
import io.nettrace.export.Export;
import io.nettrace.export.ExportFile;
import io.nettrace.export.Format;

/**
 * An export in the words of the portal.
 *
 * @param whole whether it is of everything that is in the catalogue, and of nothing else
 */
public record ExportRow(Export export, boolean whole) {

  /** What it is of: everything, or its first host and how many more. */
  public String title() {
    if (whole) {
      return "The whole catalogue";
    }
    int more = export.files().size() - 1;
    String first = export.files().getFirst().host();
    return more == 0 ? first : "%s and %,d more".formatted(first, more);
  }

  /** Its own page. */
  public String address() {
    return PortalPage.EXPORTS.address() + "?id=" + export.id();
  }

  public String format() {
    return export.format() == Format.PARQUET || export.compression() == Compression.NONE
        ? title(export.format())
        : title(export.format()) + ", " + title(export.compression());
  }

  /** One that was ready has a date until which it was to be kept. */
  public String state() {
    return switch (export.state()) {
      case QUEUED -> "Waiting";
      case RUNNING -> "In the making";
      case DONE -> "Ready";
      case FAILED -> "Failed";
      case CANCELLED -> export.expiresAt().isPresent() ? "Removed" : "Cancelled";
      case EXPIRED -> "Expired";
    };
  }

  /** Why it failed; empty unless it did. */
  public String failure() {
    return export.failure().map(why -> DisplayFormat.sentence(why) + ".").orElse("");
  }

  /** Class of the style sheet. */
  public String look() {
    return switch (export.state()) {
      case DONE -> "good";
      case FAILED -> "bad";
      case QUEUED, RUNNING, CANCELLED, EXPIRED -> "";
    };
  }

  public boolean isReady() {
    return export.state() == Export.State.DONE;
  }

  public boolean isUnderway() {
    return export.isUnderway();
  }

  /** How much is made, in percent. */
  public int percent() {
    return (int) (100 * export.progress());
  }

  /** How far it is, in words. */
  public String progress() {
    if (export.state() == Export.State.QUEUED) {
      return "waits for its turn";
    }
    int files = export.files().size();
    return files == 1 ? percent() + " %" : "%,d of %,d files".formatted(export.filesDone(), files);
  }

  /** What it has, or is expected to have. */
  public String size() {
    return switch (export.state()) {
      case DONE -> DisplayFormat.bytes(export.writtenBytes());
      case QUEUED, RUNNING -> "about " + DisplayFormat.bytes(export.estimatedBytes());
      case FAILED, CANCELLED, EXPIRED -> DisplayFormat.NOTHING;
    };
  }

  /** Where its manifest and its files are fetched, by the session or by a key. */
  public String folder() {
    return "/api/v1/exports/" + export.id();
  }

  public static String title(Format format) {
    return format == Format.PARQUET ? "Parquet" : format.name();
  }

  public static String title(Compression compression) {
    return switch (compression) {
      case NONE -> "not compressed";
      case GZIP -> "gzip";
      case ZSTD -> "Zstandard";
    };
  }

  /** A file's line. */
  public record FileRow(ExportFile file) {
    public long rows() {
      return file.content().map(ExportFile.Content::rows).orElse(0L);
    }

    public String size() {
      return file.content()
          .map(content -> DisplayFormat.bytes(content.bytes()))
          .orElse(DisplayFormat.NOTHING);
    }

    /** In hexadecimal digits; empty while it is not whole. */
    public String sha256() {
      return file.content().map(ExportFile.Content::sha256).orElse("");
    }

    public String shortSha256() {
      return sha256().isEmpty() ? "" : sha256().substring(0, 12) + "…";
    }
  }
}
