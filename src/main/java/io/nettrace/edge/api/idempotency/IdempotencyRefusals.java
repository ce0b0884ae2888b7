package io.nettrace.edge.api.idempotency;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.problem.Problem;

/** Why a call with an Idempotency-Key is not done. */
final class IdempotencyRefusals {
  private static final int RETRY_SECONDS = 1;

  private IdempotencyRefusals() {}

  static RefusalException malformed() {
    return new RefusalException(
        Problem.of(
            "idempotency-key-malformed",
            "The Idempotency-Key is malformed",
            400,
            "It is 1 to 255 printable ASCII characters, such as a UUID."));
  }

  static RefusalException tooLarge(int longest) {
    return new RefusalException(
        Problem.of(
            "too-large",
            "Too large",
            413,
            "With an Idempotency-Key the body has at most " + longest + " bytes."));
  }

  static RefusalException running() {
    return new RefusalException(
        Problem.of(
                "idempotency-in-progress",
                "The same call is being answered",
                409,
                "One with the same Idempotency-Key came before; ask again to get its answer.")
            .retryAfter(RETRY_SECONDS));
  }

  static RefusalException otherCall() {
    return new RefusalException(
        Problem.of(
            "idempotency-key-reused",
            "The Idempotency-Key was used for another call",
            422,
            "The body, the query or If-Match differ from the first call's. Take a new key for a"
                + " new call."));
  }
}
