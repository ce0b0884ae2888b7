package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import jakarta.inject.Inject;
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

  void factorsChanged(Tx tx, EmailAddress to) throws SQLException {
    outbox.add(tx, NOTICE, letters.factorsChanged(to));
  }

  void passwordChanged(Tx tx, EmailAddress to) throws SQLException {
    outbox.add(tx, NOTICE, letters.passwordChanged(to));
  }

  void codesWrong(Tx tx, EmailAddress to) throws SQLException {
    outbox.add(tx, NOTICE, letters.codesWrong(to, CodeFailures.LETTER_AT, CodeFailures.MOST));
  }
}
