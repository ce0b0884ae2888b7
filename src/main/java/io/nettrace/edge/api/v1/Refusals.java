package io.nettrace.edge.api.v1;

import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import java.util.List;
import java.util.OptionalInt;

/** Everything that this API refuses, in its words. */
final class Refusals {
  private Refusals() {}

  static Refusal parameter(String name, String reason) {
    return new Refusal(
        new Problem(
            "invalid-parameter",
            "A parameter is wrong",
            400,
            name + ": " + reason,
            List.of(new FieldError(name, reason)),
            OptionalInt.empty()));
  }

  static Refusal unknownHost(String host) {
    return new Refusal(
        Problem.of(
            "unknown-host",
            "This host is not measured",
            404,
            host + " is not in the catalogue; GET /api/v1/targets lists it."));
  }

  static Refusal unknownVantagePoint(String name) {
    return new Refusal(
        Problem.of(
            "unknown-vantage-point",
            "No such vantage point",
            404,
            name + " has not measured anything lately."));
  }

  static Refusal notMeasuredYet(String host) {
    return new Refusal(
        Problem.of(
            "not-measured-yet",
            "Nothing was measured yet",
            404,
            "Of " + host + " there is nothing in the record yet; the first scan takes a minute."));
  }

  static Refusal keyMissing() {
    return key("key-missing", "Send a key as X-API-Key, or as Authorization: Bearer.");
  }

  static Refusal keyMalformed() {
    return key("key-malformed", "This is not a key: mistyped, cut off, or something else.");
  }

  static Refusal keyUnknown() {
    return key("key-unknown", "This key was not issued here.");
  }

  static Refusal keyRevoked() {
    return key("key-revoked", "This key was withdrawn.");
  }

  static Refusal keyInAddress(String parameter) {
    return new Refusal(
        Problem.of(
            "key-in-address",
            "A key in the address",
            400,
            "Addresses end up in logs, so a key in the query ("
                + parameter
                + ") is refused; send it as X-API-Key, and withdraw this one if it is real."));
  }

  static Refusal addressTooLong(int most) {
    return new Refusal(
        Problem.of(
            "uri-too-long",
            "Address too long",
            414,
            "A query has at most " + most + " characters."));
  }

  private static Refusal key(String type, String detail) {
    return new Refusal(Problem.of(type, "Not authenticated", 401, detail));
  }
}
