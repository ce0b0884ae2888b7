package io.nettrace.platform.mail;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import io.nettrace.platform.job.Jobs;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** An outbox whose mail stays where it is, for tests that read it there. */
public final class UnsentMail {
  private UnsentMail() {}

  public static Outbox outbox(Database database, Clock clock) {
    return outbox(database, new Jobs(database, new Chores(database), clock), clock, Map.of());
  }

  static Outbox outbox(Database database, Jobs jobs, Clock clock, Map<String, String> settings) {
    return new Outbox(
        database,
        jobs,
        new LetterLimits(MailConfig.from(Settings.of(settings))),
        new PublicAddress(URI.create("https://nettrace.example")),
        clock);
  }
}
