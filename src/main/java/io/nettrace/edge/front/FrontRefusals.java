package io.nettrace.edge.front;

import io.nettrace.platform.problem.Problem;
import java.util.List;

/** What is refused before the application sees it. */
final class FrontRefusals {
  private static final int SHORTLY = 2;
  private static final int LATER = 5;

  static final Problem BUSY =
      Problem.of(
              "busy",
              "Too much at once",
              503,
              "The service has more requests than it takes at once. Ask again in a moment.")
          .retryAfter(SHORTLY);
  static final Problem ADDRESS_BUSY =
      Problem.of(
              "address-concurrency-exceeded",
              "Too many requests at once from your address",
              429,
              "Wait for the answers to earlier ones, or show a key.")
          .retryAfter(SHORTLY);
  static final Problem BODY_TOO_LONG =
      Problem.of("too-large", "Too large", 413, "The request's body is longer than any may be.");
  static final Problem BODY_TOO_SLOW =
      Problem.of(
          "timeout",
          "Timed out",
          408,
          "The request's body did not arrive in its time. Send it again, faster.");
  static final Problem BODY_BROKEN =
      Problem.of("bad-request", "Bad request", 400, "The request's body cannot be read.");
  static final Problem NO_ROOM =
      Problem.of(
              "busy", "Too much at once", 503, "There is no room for the request's body just now.")
          .retryAfter(LATER);
  static final Problem OTHER_HOST =
      Problem.of(
          "misdirected",
          "Not a name of this service",
          421,
          "Requests are answered under the service's own name only; operators add others by"
              + " nettrace.http.hosts.");
  static final Problem CLOSED =
      Problem.of(
              "unavailable", "Unavailable", 503, "The service is stopping. Ask again in a moment.")
          .retryAfter(LATER);
  static final Problem METHOD =
      Problem.of(
          "method-not-allowed",
          "Method not allowed",
          405,
          "No address here answers this method; see Allow for what is.");

  /** What is counted by its type. */
  static final List<Problem> COUNTED =
      List.of(BUSY, ADDRESS_BUSY, BODY_TOO_LONG, BODY_TOO_SLOW, BODY_BROKEN, OTHER_HOST, METHOD);

  private FrontRefusals() {}
}
