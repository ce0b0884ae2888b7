package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.PasswordHash;
import io.nettrace.identity.PersonName;
import java.util.Map;
import java.util.Objects;

/** What somebody chose who signed up, as it waits in the token until it is confirmed. */
record Chosen(EmailAddress email, PersonName name, PasswordHash hash) {

  Map<String, String> payload() {
    return Map.of(
        "email",
        email.text(),
        "name",
        name.text(),
        "password",
        hash.text(),
        "stands_alone",
        Boolean.toString(hash.standsAlone()));
  }

  static Chosen of(Map<String, String> payload) {
    return new Chosen(
        new EmailAddress(part(payload, "email")),
        new PersonName(part(payload, "name")),
        new PasswordHash(
            part(payload, "password"), Boolean.parseBoolean(part(payload, "stands_alone"))));
  }

  private static String part(Map<String, String> payload, String name) {
    return Objects.requireNonNull(payload.get(name), name);
  }
}
