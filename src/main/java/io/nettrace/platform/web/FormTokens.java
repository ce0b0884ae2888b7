package io.nettrace.platform.web;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Sees to it that a form that is sent twice is taken in once, whichever nodes it reaches. */
@Service
public class FormTokens {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  @Inject
  FormTokens(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether a form with this token is seen for the first time. */
  public boolean isFirst(UUID token) {
    Instant now = clock.instant();
    return database.run(
        connection -> {
          int _ =
              Sql.of("delete from platform.form_tokens where used_at < :before")
                  .bind("before", now.minus(KEPT))
                  .update(connection);
          return Sql.of(
                      "insert into platform.form_tokens (token, used_at) values (:token, :used_at)"
                          + " on conflict do nothing")
                  .bind("token", token)
                  .bind("used_at", now)
                  .update(connection)
              == 1;
        });
  }
}
