package io.nettrace.platform.mail;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * Block links: the owner of a mailbox ends all unsolicited letters, without an account, and may end
 * the block with the same link. Letters of purposes that the owner confirmed still come.
 */
@Service
public class LetterBlocks {
  private static final int TOKEN_LENGTH = 43;

  private final Database database;
  private final Clock clock;

  @Inject
  LetterBlocks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** False when the link is unknown. */
  public boolean block(String token) {
    return database.transaction(
        tx -> {
          Optional<byte[]> recipient = recipient(tx.connection(), token);
          if (recipient.isPresent()) {
            Sql.of(
                    "insert into platform.blocked_recipients (recipient, blocked_at)"
                        + " values (:recipient, :blocked_at) on conflict do nothing")
                .bind("recipient", recipient.get())
                .bind("blocked_at", clock.instant())
                .update(tx.connection());
          }
          return recipient.isPresent();
        });
  }

  /** False when the link is unknown. */
  public boolean lift(String token) {
    return database.transaction(
        tx -> {
          Optional<byte[]> recipient = recipient(tx.connection(), token);
          if (recipient.isPresent()) {
            Sql.of("delete from platform.blocked_recipients where recipient = :recipient")
                .bind("recipient", recipient.get())
                .update(tx.connection());
          }
          return recipient.isPresent();
        });
  }

  /** How many mailboxes are blocked. */
  public long count() {
    return database.run(
        connection ->
            Sql.of("select count(*) from platform.blocked_recipients")
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }

  private static Optional<byte[]> recipient(Connection connection, String token)
      throws SQLException {
    return token.length() != TOKEN_LENGTH
        ? Optional.empty()
        : Sql.of("select recipient from platform.letters where block_hash = :block_hash")
            .bind("block_hash", Recipients.sha256(token))
            .first(connection, row -> row.getBytes("recipient"));
  }
}
