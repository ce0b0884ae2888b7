package io.nettrace.edge.api.v1;

import io.nettrace.desk.Horizons;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.export.BurstFile;
import io.nettrace.export.Compression;
import io.nettrace.export.Format;
import io.nettrace.export.Source;
import io.nettrace.platform.Service;
import io.nettrace.sample.BurstRow;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The bursts of a range as a file, streamed to the client as fast as it reads. */
@Service
public class BurstFiles {
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Each holds a connection to the database for as long as its client reads. */
  private static final int MOST_STREAMS = 6;

  private static final int MOST_OF_TENANT = 2;

  private final Map<UUID, Integer> streams = new HashMap<>();
  private final History history;
  private final Horizons horizons;

  @Inject
  BurstFiles(History history, Horizons horizons) {
    this.history = history;
    this.horizons = horizons;
  }

  Response answer(
      ApiCaller caller, QueryParameters query, Subject subject, Format format, Duration reach) {
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Selection selection = BurstListing.selection(query, subject, reach, times);
    Optional<Instant> asOf = times.asOf(query);
    Compression compression =
        query.choice("compression", Compression.class).orElse(Compression.NONE);
    if (Duration.between(selection.start(), selection.end()).compareTo(LONGEST) > 0) {
      throw BadRequests.parameter(
          "start",
          "must be at most %d days before end; POST /api/v1/exports takes longer ranges"
              .formatted(LONGEST.toDays()));
    }
    StreamingOutput file =
        out -> {
          UUID tenantId = caller.tenant().id();
          begin(tenantId);
          try {
            write(selection, asOf, format, compression, subject, out);
          } finally {
            end(tenantId);
          }
        };
    boolean packed = compression != Compression.NONE && format != Format.PARQUET;
    return Response.ok(
            file, packed ? "application/" + ConstantNames.of(compression) : format.mediaType())
        .header("Content-Disposition", disposition(subject, format, compression))
        .header("Cache-Control", CachedAnswer.ALWAYS_ASK)
        .build();
  }

  private synchronized void begin(UUID tenantId) {
    int own = streams.getOrDefault(tenantId, 0);
    int all = streams.values().stream().mapToInt(Integer::intValue).sum();
    if (own >= MOST_OF_TENANT || all >= MOST_STREAMS) {
      throw Refusals.tooManyStreams();
    }
    streams.put(tenantId, own + 1);
  }

  private synchronized void end(UUID tenantId) {
    streams.computeIfPresent(tenantId, (_, own) -> own == 1 ? null : own - 1);
  }

  private void write(
      Selection selection,
      Optional<Instant> asOf,
      Format format,
      Compression compression,
      Subject subject,
      OutputStream out)
      throws IOException {
    Source source =
        new Source(
            subject.target().host(),
            subject.target().id(),
            selection.vantagePoint(),
            subject.vantagePoint().simulated());
    OutputStream packed = format == Format.PARQUET ? out : compression.around(out);
    BurstFile file = BurstFile.open(format, compression, packed, source);
    try {
      history.export(selection, asOf, row -> write(file, row));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    file.finish();
    packed.close();
  }

  private static void write(BurstFile file, BurstRow row) {
    try {
      file.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String disposition(Subject subject, Format format, Compression compression) {
    return "attachment; filename=\"%s-%s.%s%s\""
        .formatted(
            subject.target().host(),
            subject.vantagePoint().name(),
            format.extension(),
            format == Format.PARQUET ? "" : compression.suffix());
  }
}
