package io.nettrace.platform.mail;

import io.nettrace.platform.Database;
import java.time.Clock;

/** An outbox whose mail stays where it is, for tests that read it there. */
public final class UnsentMail {
  private UnsentMail() {}

  public static Outbox outbox(Database database, Clock clock) {
    return new Outbox(new Courier(database, _ -> {}, clock), clock);
  }
}
