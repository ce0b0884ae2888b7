package io.nettrace.platform.problem;

import java.util.Map;

/** The problems that every door to the outside knows. */
public final class Problems {
  /** How long a client waits before it asks again while the database is away. */
  public static final int RETRY_SECONDS = 5;

  private record Kind(String type, String title, String detail) {}

  private static final Map<Integer, Kind> BY_STATUS =
      Map.ofEntries(
          kind(400, "bad-request", "Bad request", "The request cannot be understood."),
          kind(401, "unauthorized", "Not authenticated", "Credentials are missing."),
          kind(403, "forbidden", "Not allowed", "These credentials do not allow that."),
          kind(404, "not-found", "Not found", "There is nothing at this address."),
          kind(405, "method-not-allowed", "Method not allowed", "See Allow for what is."),
          kind(406, "not-acceptable", "Not acceptable", "None of the accepted types is offered."),
          kind(408, "timeout", "Timed out", "The request took too long to arrive."),
          kind(413, "too-large", "Too large", "The request's body is too large."),
          kind(414, "uri-too-long", "Address too long", "The request's address is too long."),
          kind(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "Send the body as application/json, in UTF-8."),
          kind(429, "rate-exceeded", "Too many at once", "Wait a little, then ask again."),
          kind(431, "headers-too-large", "Headers too large", "The request's headers are."),
          kind(500, "internal", "Internal error", "It is our fault and has been logged."),
          kind(503, "unavailable", "Unavailable", "Try again in a moment."));

  private Problems() {}

  /** The plain problem of a status that somebody else decided on. */
  public static Problem of(int status) {
    Kind kind = BY_STATUS.getOrDefault(status, BY_STATUS.get(status < 500 ? 400 : 500));
    if (kind == null) {
      throw new IllegalStateException("400 and 500 are in the table");
    }
    Problem problem = Problem.of(kind.type, kind.title, status, kind.detail);
    return status == 503 ? problem.retryAfter(RETRY_SECONDS) : problem;
  }

  public static Problem databaseUnavailable() {
    return Problem.of(
            "database-unavailable",
            "The record cannot be reached",
            503,
            "What is in memory is still served; ask again for the rest.")
        .retryAfter(RETRY_SECONDS);
  }

  private static Map.Entry<Integer, Kind> kind(
      int status, String type, String title, String detail) {
    return Map.entry(status, new Kind(type, title, detail));
  }
}
