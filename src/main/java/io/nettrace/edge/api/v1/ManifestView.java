package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.export.Export;
import io.nettrace.export.ExportFile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What stands beside an export's files, so that they can be checked years later. */
record ManifestView(
    UUID exportId,
    String source,
    String vantagePoint,
    boolean simulated,
    Instant start,
    Instant end,
    Instant asOf,
    String format,
    String compression,
    String columns,
    List<FileView> files) {

  /** One host's file. */
  record FileView(String name, String host, String targetId, long rows, long bytes, String sha256) {
    static FileView of(ExportFile file) {
      ExportFile.Content content = file.content().orElseThrow();
      return new FileView(
          file.name(),
          file.host(),
          file.targetId(),
          content.rows(),
          content.bytes(),
          content.sha256());
    }
  }

  static ManifestView of(Export export) {
    return new ManifestView(
        export.id(),
        "NetTrace bursts",
        export.vantagePoint(),
        export.simulated(),
        export.start(),
        export.end(),
        export.asOf(),
        ConstantNames.of(export.format()),
        ConstantNames.of(export.compression()),
        "/api/v1/methods",
        export.files().stream().map(FileView::of).toList());
  }
}
