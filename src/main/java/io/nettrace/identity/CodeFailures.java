package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/**
 * Counter of wrong codes after a right password, since the last right one and without a window: six
 * digits are guessed in time however long the pauses are. {@link #MOST} close the app for that
 * origin until a passkey, a recovery code or a new password is shown; at {@link #LETTER_AT} the
 * person is written to. Unknown devices are counted together, each known one by itself.
 */
@Service
class CodeFailures {
  static final int LETTER_AT = 5;
  static final int MOST = 10;

  private static final Sql BEGIN =
      Sql.of(
          """
          insert into platform.second_factor_failures (account_id, origin, failures, last_at)
          values (:account_id, :origin, 1, :last_at)
          on conflict (account_id, origin) do update
            set failures = least(platform.second_factor_failures.failures + 1, :most),
              last_at = excluded.last_at
          returning failures
          """);

  private final Clock clock;

  @Inject
  CodeFailures(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts an attempt as failed until {@link #forgive} or {@link #clear}; others of the same origin
   * wait for the end of the transaction.
   *
   * @return how many there are with this one; more than {@link #MOST} when the app is closed
   */
  int begin(Connection transaction, UUID accountId, String origin) throws SQLException {
    return BEGIN
        .bind("account_id", accountId)
        .bind("origin", origin)
        .bind("last_at", clock.instant())
        .bind("most", MOST + 1)
        .first(transaction, row -> row.getInt(1))
        .orElseThrow();
  }

  /** The attempt was no guess. */
  void forgive(Connection transaction, UUID accountId, String origin) throws SQLException {
    Sql.of(
            "update platform.second_factor_failures set failures = failures - 1"
                + " where account_id = :account_id and origin = :origin")
        .bind("account_id", accountId)
        .bind("origin", origin)
        .update(transaction);
  }

  /** A right code came from there. */
  void clear(Connection transaction, UUID accountId, String origin) throws SQLException {
    Sql.of(
            "delete from platform.second_factor_failures where account_id = :account_id and origin"
                + " = :origin")
        .bind("account_id", accountId)
        .bind("origin", origin)
        .update(transaction);
  }

  /** The person showed who they are by what cannot be guessed. */
  void clear(Connection transaction, UUID accountId) throws SQLException {
    Sql.of("delete from platform.second_factor_failures where account_id = :account_id")
        .bind("account_id", accountId)
        .update(transaction);
  }
}
