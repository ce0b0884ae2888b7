package io.nettrace.edge.api.idempotency;

import java.util.UUID;

/** What came of asking to be the one who does a call. */
sealed interface Claim {
  /** The call is to be done; {@code id} is given back with its answer. */
  record Granted(UUID id) implements Claim {}

  /** Somebody else is doing it. */
  record Running() implements Claim {}

  /** It was done before, and this was the answer. */
  record Finished(StoredAnswer answer) implements Claim {}

  /** The key was used for something else. */
  record OtherCall() implements Claim {}
}
