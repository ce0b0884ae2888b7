package io.nettrace.platform.mail;

import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** An outbox whose mail stays where it is, for tests that read it there. */
public final class UnsentMail {
  private UnsentMail() {}

  public static Outbox outbox(Database database, Clock clock) {
    return outbox(database, new Courier(database, _ -> {}, clock), clock, Map.of());
  }

  static Outbox outbox(
      Database database, Courier courier, Clock clock, Map<String, String> settings) {
    return new Outbox(
        database,
        courier,
        new LetterLimits(MailConfig.from(Settings.of(settings))),
        new PublicAddress(URI.create("https://nettrace.example")),
        clock);
  }
}
