package io.nettrace.edge.api.http;

import io.nettrace.platform.json.JsonFault;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import java.util.List;
import java.util.OptionalInt;

/** What is wrong with a request whatever it asks for. */
public final class BadRequests {
  private BadRequests() {}

  public static RefusalException parameter(String name, String reason) {
    return new RefusalException(
        new Problem(
            "invalid-parameter",
            "A parameter is wrong",
            400,
            name + ": " + reason,
            List.of(new FieldError(name, reason)),
            OptionalInt.empty()));
  }

  public static RefusalException foreignCursor() {
    return parameter("cursor", "is not one that this address gave out");
  }

  public static RefusalException expiredCursor() {
    return parameter(
        "cursor",
        "is older than %d hours; begin again with start and end"
            .formatted(Cursors.GOOD_FOR.toHours()));
  }

  public static RefusalException expiredFeedCursor() {
    return parameter(
        "cursor",
        "is older than %d days; begin again with known_after, the known_at of the last item you have"
            .formatted(Cursors.FEED_GOOD_FOR.toDays()));
  }

  /** A body that cannot be read. */
  public static RefusalException body(JsonFault fault) {
    return fault.isOfWhole()
        ? body(fault.reason())
        : new RefusalException(
            new Problem(
                "invalid-body",
                "The request's body is wrong",
                400,
                fault.toString(),
                List.of(new FieldError(fault.member(), fault.reason())),
                OptionalInt.empty()));
  }

  public static RefusalException body(String reason) {
    return new RefusalException(
        Problem.of("invalid-body", "The request's body is wrong", 400, reason));
  }

  public static RefusalException addressTooLong(int most) {
    return new RefusalException(
        Problem.of(
            "uri-too-long",
            "Address too long",
            414,
            "A query has at most " + most + " characters."));
  }
}
