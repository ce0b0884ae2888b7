package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.mail.Outbox;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells people what happened to their account, so that somebody who did not do it knows. */
@Service
class Notices {
  private final Outbox outbox;
  private final Letters letters;

  @Inject
  Notices(Outbox outbox, Letters letters) {
    this.outbox = outbox;
    this.letters = letters;
  }

  void factorsChanged(Connection transaction, EmailAddress to) throws SQLException {
    outbox.add(transaction, letters.factorsChanged(to));
  }

  void passwordChanged(Connection transaction, EmailAddress to) throws SQLException {
    outbox.add(transaction, letters.passwordChanged(to));
  }

  void wake() {
    outbox.wake();
  }
}
