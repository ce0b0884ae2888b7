package io.nettrace.identity;

import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.RandomBytes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Codes on paper that stand in for a lost factor, once each. */
@Service
public class RecoveryCodes {
  static final int COUNT = 10;
  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 4;

  /** Crockford's: nothing that is read as something else. Each character is 5 random bits. */
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final Pattern FORM = Pattern.compile("[0-9a-z]{16}");

  private final Database database;
  private final Sessions sessions;
  private final Notices notices;
  private final Clock clock;
  private final RandomGenerator random = RandomBytes.generator();

  @Inject
  RecoveryCodes(Database database, Sessions sessions, Notices notices, Clock clock) {
    this.database = database;
    this.sessions = sessions;
    this.notices = notices;
    this.clock = clock;
  }

  /** Ten new ones; the old ones are worth nothing from now on. */
  public FactorOutcome regenerate(Session session) {
    if (!session.isSteppedUp(clock.instant())) {
      return new FactorOutcome.StepUpNeeded();
    }
    return database.transaction(
        tx -> {
          if (Factors.of(tx.connection(), session.accountId()).isEmpty()) {
            return new FactorOutcome.Refused();
          }
          List<String> codes = replace(tx.connection(), session.accountId());
          tx.audit(
              session.actor(),
              AuditEntry.ofInstallation(
                  PersonAct.RECOVERY_CODES_REPLACED, session.accountId().toString()));
          String token = sessions.replaceAll(tx, session, session.secondFactor());
          notices.factorsChanged(tx, session.email());
          return new FactorOutcome.Changed(token, codes);
        });
  }

  /** How many are left. */
  public int left(UUID accountId) {
    return database.run(connection -> count(connection, accountId));
  }

  /** Ten codes for somebody who has none; none for somebody who has some. */
  List<String> firstFor(Connection transaction, UUID accountId) throws SQLException {
    return count(transaction, accountId) > 0 ? List.of() : replace(transaction, accountId);
  }

  /** Uses one up; false when it is none of the person's. */
  boolean use(Connection transaction, UUID accountId, String typed) throws SQLException {
    String code = normal(typed);
    return FORM.matcher(code).matches()
        && Sql.of(
                    "delete from platform.recovery_codes where account_id = :account_id and hash ="
                        + " :hash")
                .bind("account_id", accountId)
                .bind("hash", OpaqueToken.digest(code))
                .update(transaction)
            == 1;
  }

  void remove(Connection transaction, UUID accountId) throws SQLException {
    Sql.of("delete from platform.recovery_codes where account_id = :account_id")
        .bind("account_id", accountId)
        .update(transaction);
  }

  private List<String> replace(Connection transaction, UUID accountId) throws SQLException {
    remove(transaction, accountId);
    Instant now = clock.instant();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String code = random();
      codes.add(code);
      Sql.of(
              "insert into platform.recovery_codes (account_id, hash, created_at)"
                  + " values (:account_id, :hash, :created_at)")
          .bind("account_id", accountId)
          .bind("hash", OpaqueToken.digest(normal(code)))
          .bind("created_at", now)
          .update(transaction);
    }
    return codes;
  }

  private static int count(Connection connection, UUID accountId) throws SQLException {
    return Sql.of("select count(*) from platform.recovery_codes where account_id = :account_id")
        .bind("account_id", accountId)
        .first(connection, row -> row.getInt(1))
        .orElseThrow();
  }

  private String random() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  /** As people copy it from paper: any case, with dashes, blanks, or neither. */
  private static String normal(String typed) {
    return typed.length() > 2 * GROUPS * GROUP_LENGTH
        ? ""
        : typed
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('o', '0')
            .replace('i', '1')
            .replace('l', '1');
  }
}
