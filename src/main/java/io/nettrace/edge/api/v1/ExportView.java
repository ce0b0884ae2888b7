package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.export.Export;
import io.nettrace.export.ExportFile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An export and how far it is; a file has a size once it is whole. */
record ExportView(
    UUID id,
    String state,
    Instant orderedAt,
    Instant start,
    Instant end,
    Instant asOf,
    String vantagePoint,
    boolean simulated,
    String format,
    String compression,
    long estimatedBytes,
    long filesDone,
    @Nullable String failure,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable String manifest,
    List<FileView> files) {

  /** One host's file. */
  record FileView(
      String name,
      String host,
      String targetId,
      @Nullable Long rows,
      @Nullable Long bytes,
      @Nullable String sha256,
      @Nullable String href) {}

  static ExportView of(Export export) {
    boolean done = export.state() == Export.State.DONE;
    String address = address(export.id());
    return new ExportView(
        export.id(),
        ConstantNames.of(export.state()),
        export.orderedAt(),
        export.start(),
        export.end(),
        export.asOf(),
        export.vantagePoint(),
        export.simulated(),
        ConstantNames.of(export.format()),
        ConstantNames.of(export.compression()),
        export.estimatedBytes(),
        export.filesDone(),
        export.failure().orElse(null),
        export.startedAt().orElse(null),
        export.finishedAt().orElse(null),
        export.expiresAt().orElse(null),
        done ? address + "/manifest" : null,
        export.files().stream().map(file -> of(file, done ? address + "/files/" : null)).toList());
  }

  static String address(UUID id) {
    return "/api/v1/exports/" + id;
  }

  private static FileView of(ExportFile file, @Nullable String folder) {
    return new FileView(
        file.name(),
        file.host(),
        file.targetId(),
        file.content().map(ExportFile.Content::rows).orElse(null),
        file.content().map(ExportFile.Content::bytes).orElse(null),
        file.content().map(ExportFile.Content::sha256).orElse(null),
        folder == null ? null : folder + file.name());
  }
}
