package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import java.util.List;
import java.util.Map;

/** Everything that this API refuses, in its words. */
final class Refusals {
  private Refusals() {}

  static RefusalException noPathThen(String host) {
    return new RefusalException(
        Problem.of(
            "no-path-then",
            "No path was kept by then",
            404,
            "Of " + host + " no trace was kept hop by hop at that time or before."));
  }

  static RefusalException unknownExport() {
    return new RefusalException(
        Problem.of(
            "unknown-export", "No such export", 404, "GET /api/v1/exports lists those there are."));
  }

  static RefusalException exportNotReady(String state) {
    return new RefusalException(
        Problem.of(
            "export-not-ready",
            "The file is not there yet",
            409,
            "The export is " + state + "; ask its address until it is done."));
  }

  static RefusalException exportGone(String state) {
    return new RefusalException(
        Problem.of(
            "export-gone",
            "The files are gone",
            410,
            "The export is " + state + "; order it again for new files."));
  }

  static RefusalException exportTooLarge(long bytes, long most) {
    return new RefusalException(
        Problem.of(
            "export-too-large",
            "The export would be too large",
            422,
            "It would come to about %d bytes, and may come to %d; choose a shorter range, fewer hosts or a compression."
                .formatted(bytes, most)));
  }

  static RefusalException noRoom(long bytes, long free) {
    return new RefusalException(
        Problem.of(
            "no-room",
            "No room for the export",
            422,
            "It would come to about %d bytes, and %d are free; delete exports that you have fetched."
                .formatted(bytes, free)));
  }

  static RefusalException tooManyStreams() {
    return new RefusalException(
        Problem.of(
                "too-many-streams",
                "Too many files are being streamed",
                503,
                "Ask again in a moment, or order the file: POST /api/v1/exports.")
            .retryAfter(Problems.RETRY_SECONDS));
  }

  static RefusalException badRange(long bytes) {
    return new RefusalException(
        Problem.of(
            "range-not-satisfiable",
            "This part does not exist",
            416,
            "The file has " + bytes + " bytes; ask for one range within them."),
        Map.of("Content-Range", "bytes */" + bytes));
  }

  static RefusalException unknownHost(String host) {
    return new RefusalException(
        Problem.of(
            "unknown-host",
            "This host is not measured",
            404,
            host
                + " is neither in the catalogue nor a target of your own; GET /api/v1/targets lists"
                + " both."));
  }

  static RefusalException severalTargets(String host, List<String> ids) {
    return new RefusalException(
        Problem.of(
            "several-targets",
            "Several of your targets have this host",
            409,
            "Ask for one by its id: " + String.join(", ", ids) + "."));
  }

  static RefusalException unknownWatchList(String id) {
    return new RefusalException(
        Problem.of(
            "unknown-watch-list",
            "No such watch list",
            404,
            id + " is none of yours; GET /api/v1/watch-lists lists those there are."));
  }

  static RefusalException unknownVantagePoint(String name, List<String> choices) {
    return new RefusalException(
        Problem.of(
            "unknown-vantage-point",
            "No such vantage point",
            404,
            name
                + " has not measured anything lately"
                + (choices.isEmpty() ? "." : "; there are " + String.join(", ", choices) + ".")));
  }

  static RefusalException notMeasuredYet(String host) {
    return new RefusalException(
        Problem.of(
            "not-measured-yet",
            "Nothing was measured yet",
            404,
            "Of " + host + " there is nothing in the record yet; the first scan takes a minute."));
  }
}
