package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;

/** Why a key or session does not open the door. */
final class KeyRefusals {
  private KeyRefusals() {}

  static RefusalException keyMissing() {
    return key(
        "key-missing",
        "Send a key as X-API-Key, or as Authorization: Bearer; people sign in with POST"
            + " /api/v1/sessions.");
  }

  static RefusalException keyMalformed() {
    return key(
        "key-malformed",
        "This is not a key: mistyped, cut off, or something else. A session goes by Authorization:"
            + " Session.");
  }

  static RefusalException keyUnknown() {
    return key("key-unknown", "This key was not issued here.");
  }

  static RefusalException keyRevoked() {
    return key("key-revoked", "This key was withdrawn.");
  }

  static RefusalException keyExpired() {
    return key("key-expired", "This key has expired.");
  }

  static RefusalException keyNotFromHere() {
    return new RefusalException(
        Problem.of(
            "key-not-from-here",
            "Not allowed from here",
            403,
            "This key may not be used from the address that the request came from."));
  }

  static RefusalException sessionOver() {
    return key("session-over", "The session is over; sign in again.");
  }

  static RefusalException sessionUnknown() {
    return key("session-unknown", "There is no such session; sign in again.");
  }

  static RefusalException keyInAddress(String parameter) {
    return new RefusalException(
        Problem.of(
            "key-in-address",
            "A key in the address",
            400,
            "Addresses end up in logs, so a key in the query ("
                + parameter
                + ") is refused; send it as X-API-Key, and withdraw this one if it is real."));
  }

  private static RefusalException key(String type, String detail) {
    return new RefusalException(Problem.of(type, "Not authenticated", 401, detail));
  }
}
