package io.nettrace.edge.api.account;

import io.nettrace.identity.Session;
import java.util.UUID;

/** A person, as they see themselves. */
record PersonView(UUID id, String email, String name) {
  static PersonView of(Session session) {
    return new PersonView(session.accountId(), session.email().text(), session.name().text());
  }
}
