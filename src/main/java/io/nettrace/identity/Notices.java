package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells people what happened to their account, so that somebody who did not do it knows. */
@Service
class Notices {
  private static final Occasion NOTICE = Occasion.of(Purpose.ACCOUNT_NOTICE);

  private final Outbox outbox;
  private final Letters letters;

  @Inject
  Notices(Outbox outbox, Letters letters) {
    this.outbox = outbox;
    this.letters = letters;
  }

  void factorsChanged(Connection transaction, EmailAddress to) throws SQLException {
    outbox.add(transaction, NOTICE, letters.factorsChanged(to));
  }

  void passwordChanged(Connection transaction, EmailAddress to) throws SQLException {
    outbox.add(transaction, NOTICE, letters.passwordChanged(to));
  }

  void codesWrong(Connection transaction, EmailAddress to) throws SQLException {
    outbox.add(
        transaction, NOTICE, letters.codesWrong(to, CodeFailures.LETTER_AT, CodeFailures.MOST));
  }

  void wake() {
    outbox.wake();
  }
}
