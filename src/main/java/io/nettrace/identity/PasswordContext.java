package io.nettrace.identity;

import java.util.List;

/**
 * What a password is judged against.
 *
 * @param organisations names of the person's tenants
 * @param secondFactor whether the person shows a second factor as well
 */
public record PasswordContext(
    EmailAddress email, List<String> organisations, boolean secondFactor) {
  public PasswordContext {
    organisations = List.copyOf(organisations);
  }
}
