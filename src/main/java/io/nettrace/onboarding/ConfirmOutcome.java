package io.nettrace.onboarding;

import io.nettrace.apikey.ApiKey;
import io.nettrace.tenant.Tenant;
import java.util.Optional;

/** What came of confirming a sign-up. */
public sealed interface ConfirmOutcome {
  /**
   * The tenant is there and its first person is signed in.
   *
   * @param keyText the first key to the API; shown now and never again
   * @param sessionToken what the person is known by from now on; empty for somebody who had an
   *     account before, and signs in as ever
   */
  record Confirmed(Tenant tenant, ApiKey key, String keyText, Optional<String> sessionToken)
      implements ConfirmOutcome {
    @Override
    public String toString() {
      return "Confirmed[" + tenant.slug() + "]";
    }
  }

  /** The token was never issued, or its sign-up is forgotten. */
  record Unknown() implements ConfirmOutcome {}

  record Expired() implements ConfirmOutcome {}

  /** It was confirmed before. */
  record Used() implements ConfirmOutcome {}

  /** It is not the password that was chosen. */
  record WrongPassword() implements ConfirmOutcome {}

  record Busy() implements ConfirmOutcome {}
}
