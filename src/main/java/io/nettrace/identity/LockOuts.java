package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts failed attempts to show who one is, by e-mail address and network address, on all nodes
 * together. Known devices and live sessions count by themselves, each for its own person: what
 * strangers guess locks out strangers only. An attempt counts as failed from its beginning until it
 * has succeeded, so that many at once are no way around the limit. Whether an address has an
 * account makes no difference.
 */
@Service
class LockOuts {
  private static final Duration REMEMBER = Duration.ofDays(1);
  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended(:subject, :kind))");

  /** Accounts before addresses: nobody who holds an address waits for an account. */
  private static final int ACCOUNTS = 0x6163;

  private static final int ADDRESSES = 0x6164;

  private static final Sql COUNT =
      Sql.of(
          """
          select count(*) filter (where account_key = k and address = a) as pair,
            max(failed_at) filter (where account_key = k and address = a) as pair_last,
            count(*) filter (where account_key = k) as account,
            max(failed_at) filter (where account_key = k) as account_last,
            count(*) filter (where address = a) as address,
            max(failed_at) filter (where address = a) as address_last
          from (select account_key, address, failed_at, :key::bytea as k, :address::text as a
            from platform.sign_in_failures
            where failed_at > :since and origin = ''
              and (account_key = :account_key or address = :address)) recent
          """);
  private static final Sql COUNT_APART =
      Sql.of(
          """
          select count(*) as pair, max(failed_at) as pair_last from platform.sign_in_failures
          where failed_at > :since and account_key = :account_key and origin = :origin
          """);
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.sign_in_failures (account_key, address, origin, failed_at)
          values (:account_key, :address, :origin, :failed_at) returning id
          """);

  private final Database database;
  private final Devices devices;
  private final Clock clock;

  /** Whether somebody may try. */
  sealed interface Attempt {
    /** Counted as a failure until {@link #forgive} or {@link #clear}. */
    record Begun(long id) implements Attempt {}

    record LockedOut(Duration left) implements Attempt {}
  }

  @Inject
  LockOuts(Database database, Devices devices, Clock clock) {
    this.database = database;
    this.devices = devices;
    this.clock = clock;
  }

  /**
   * Begins an attempt.
   *
   * @param account an e-mail address as it is compared, or whatever was typed as one
   */
  Attempt begin(String account, Visitor visitor) {
    return database.transaction(
        tx ->
            begin(
                tx.connection(),
                account,
                visitor.address(),
                devices.origin(tx.connection(), account, visitor)));
  }

  /** Begins an attempt of a person who is signed in. */
  Attempt begin(Session session) {
    return database.transaction(
        tx ->
            begin(
                tx.connection(),
                session.email().key(),
                session.visitor().address(),
                origin(session)));
  }

  private Attempt begin(Connection connection, String account, String address, String origin)
      throws SQLException {
    byte[] key = OpaqueToken.digest(account);
    Instant now = clock.instant();
    Instant since = now.minus(LockOutRules.WINDOW);
    boolean _ = LOCK.bind("subject", account).bind("kind", ACCOUNTS).any(connection);
    Duration left;
    if (origin.equals(Devices.UNKNOWN)) {
      boolean _ = LOCK.bind("subject", address).bind("kind", ADDRESSES).any(connection);
      left =
          COUNT
              .bind("key", key)
              .bind("address", address)
              .bind("since", since)
              .bind("account_key", key)
              .first(connection, row -> remaining(row, now))
              .orElse(Duration.ZERO);
    } else {
      left =
          COUNT_APART
              .bind("since", since)
              .bind("account_key", key)
              .bind("origin", origin)
              .first(connection, row -> remaining(row, "pair", LockOutRules.MOST_OF_PAIR, now))
              .orElse(Duration.ZERO);
    }
    if (left.isPositive()) {
      return new Attempt.LockedOut(left);
    }
    long id =
        ADD.bind("account_key", key)
            .bind("address", address)
            .bind("origin", origin)
            .bind("failed_at", now)
            .first(connection, row -> row.getLong(1))
            .orElseThrow();
    return new Attempt.Begun(id);
  }

  private static String origin(Session session) {
    return "session " + session.id();
  }

  /** The attempt was none, or went well so far. */
  void forgive(Connection connection, Attempt.Begun attempt) throws SQLException {
    Sql.of("delete from platform.sign_in_failures where id = :id")
        .bind("id", attempt.id())
        .update(connection);
  }

  /** The person showed who they are: earlier failures from there were theirs. */
  void clear(Connection transaction, EmailAddress email, Visitor visitor) throws SQLException {
    String origin = devices.origin(transaction, email.key(), visitor);
    Sql.of(
            "delete from platform.sign_in_failures where account_key = :account_key and origin ="
                + " :origin and (origin <> '' or address = :address)")
        .bind("account_key", OpaqueToken.digest(email.key()))
        .bind("origin", origin)
        .bind("address", visitor.address())
        .update(transaction);
  }

  /** The same for a person who is signed in. */
  void clear(Connection transaction, Session session) throws SQLException {
    Sql.of(
            "delete from platform.sign_in_failures where account_key = :account_key and origin ="
                + " :origin")
        .bind("account_key", OpaqueToken.digest(session.email().key()))
        .bind("origin", origin(session))
        .update(transaction);
  }

  /** All failures of an address: it has a new password, or no account any more. */
  void forget(Connection transaction, EmailAddress email) throws SQLException {
    Sql.of("delete from platform.sign_in_failures where account_key = :account_key")
        .bind("account_key", OpaqueToken.digest(email.key()))
        .update(transaction);
  }

  int forgetOld(Connection connection) throws SQLException {
    return Sql.of("delete from platform.sign_in_failures where failed_at < :before")
        .bind("before", clock.instant().minus(REMEMBER))
        .update(connection);
  }

  private static Duration remaining(ResultSet row, Instant now) throws SQLException {
    return LockOutRules.longest(
        remaining(row, "pair", LockOutRules.MOST_OF_PAIR, now),
        LockOutRules.longest(
            remaining(row, "account", LockOutRules.MOST_OF_ACCOUNT, now),
            remaining(row, "address", LockOutRules.MOST_OF_ADDRESS, now)));
  }

  private static Duration remaining(ResultSet row, String scope, int most, Instant now)
      throws SQLException {
    return LockOutRules.remaining(
        new LockOutRules.Failures(row.getInt(scope), Columns.optionalTime(row, scope + "_last")),
        most,
        now);
  }
}
