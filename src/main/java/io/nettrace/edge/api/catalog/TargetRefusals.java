package io.nettrace.edge.api.catalog;

import io.nettrace.catalog.ImportOutcome;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.catalog.TargetOutcome.Exceeds;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.edge.api.http.Versions;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import java.util.List;
import java.util.stream.Stream;

/** Why something is not done to a tenant's targets or watch lists. */
final class TargetRefusals {
  private static final String UPGRADE = " See GET /api/v1/plans, and /pricing to change yours.";

  private TargetRefusals() {}

  static RefusalException unknownTarget() {
    return new RefusalException(
        Problem.of(
            "unknown-custom-target",
            "No such target",
            404,
            "GET /api/v1/custom-targets lists those there are."));
  }

  static RefusalException unknownList() {
    return new RefusalException(
        Problem.of(
            "unknown-watch-list",
            "No such watch list",
            404,
            "GET /api/v1/watch-lists lists those there are."));
  }

  static RefusalException of(TargetOutcome outcome) {
    return switch (outcome) {
      case TargetOutcome.Invalid(var faults) ->
          Bodies.refused(faults.stream().map(CustomTargetBody::error).toList());
      case Exceeds exceeds ->
          new RefusalException(
              Problem.of("plan-limit", "More than your plan has", 403, words(exceeds) + UPGRADE));
      case TargetOutcome.Duplicate duplicate ->
          new RefusalException(
              Problem.of("target-exists", "You have this target", 409, words(duplicate) + "."));
      case TargetOutcome.Stale _ -> Versions.stale();
      case TargetOutcome.Missing _ -> unknownTarget();
      case TargetOutcome.Saved _, TargetOutcome.Removed _ ->
          throw new IllegalStateException("nothing was refused");
    };
  }

  /** All that is wrong with an import; the first row is [0]. */
  static RefusalException of(List<ImportOutcome.Row> rows) {
    return Bodies.refused(rows.stream().flatMap(row -> errors(row.row(), row.why())).toList());
  }

  /** What is wrong with one row. */
  static FieldError inRow(int row, FieldError error) {
    return new FieldError("[%d].%s".formatted(row, error.parameter()), error.reason());
  }

  private static Stream<FieldError> errors(int row, TargetOutcome why) {
    return switch (why) {
      case TargetOutcome.Invalid(var faults) ->
          faults.stream().map(fault -> inRow(row, CustomTargetBody.error(fault)));
      case Exceeds exceeds -> Stream.of(inRow(row, new FieldError(field(exceeds), words(exceeds))));
      case TargetOutcome.Duplicate duplicate ->
          Stream.of(inRow(row, new FieldError("host", words(duplicate))));
      case TargetOutcome.Stale _,
          TargetOutcome.Missing _,
          TargetOutcome.Saved _,
          TargetOutcome.Removed _ ->
          throw new IllegalStateException("a new row is none of these");
    };
  }

  private static String field(Exceeds exceeds) {
    return switch (exceeds.limit()) {
      case COUNT -> "host";
      case INTERVAL, PACKETS_PER_MINUTE -> "interval_seconds";
    };
  }

  private static String words(Exceeds exceeds) {
    return switch (exceeds.limit()) {
      case COUNT ->
          "Your plan has %d targets of your own; this would be number %d."
              .formatted(exceeds.allowed(), exceeds.wanted());
      case INTERVAL ->
          "Your plan measures every %d s at most; this asks for every %d s."
              .formatted(exceeds.allowed(), exceeds.wanted());
      case PACKETS_PER_MINUTE ->
          "Your plan has %d packets a minute; your targets would need %d. Measure some less often."
              .formatted(exceeds.allowed(), exceeds.wanted());
    };
  }

  private static String words(TargetOutcome.Duplicate duplicate) {
    return "there is one with host %s and port %d".formatted(duplicate.host(), duplicate.port());
  }

  static RefusalException of(WatchListOutcome outcome) {
    return switch (outcome) {
      case WatchListOutcome.Invalid(var faults) ->
          Bodies.refused(faults, TargetOutcome.Fault::field, TargetOutcome.Fault::reason);
      case WatchListOutcome.Duplicate(String name) ->
          new RefusalException(
              Problem.of(
                  "watch-list-exists", "The name is taken", 409, "You have a list " + name + "."));
      case WatchListOutcome.TooMany(int most) ->
          new RefusalException(
              Problem.of(
                  "too-many-watch-lists",
                  "No more lists",
                  409,
                  "A tenant has at most %d; remove one first.".formatted(most)));
      case WatchListOutcome.Stale _ -> Versions.stale();
      case WatchListOutcome.Missing _ -> unknownList();
      case WatchListOutcome.Saved _, WatchListOutcome.Removed _ ->
          throw new IllegalStateException("nothing was refused");
    };
  }
}
