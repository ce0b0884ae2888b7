package io.nettrace.platform.mail;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
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

  /** Known by the link, and by nothing else. */
  private static final Actor OWNER = new Actor.System("block-link");

  private static final Sql BLOCK =
      Sql.of(
          "insert into platform.blocked_recipients (recipient, blocked_at)"
              + " values (:recipient, :blocked_at) on conflict do nothing");
  private static final Sql LIFT =
      Sql.of("delete from platform.blocked_recipients where recipient = :recipient");

  private final Database database;
  private final Clock clock;

  /** Whose letter a link stood in. */
  @SuppressWarnings("ArrayRecordComponent") // compared by none
  private record Link(long letterId, byte[] recipient) {}

  @Inject
  LetterBlocks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** False when the link is unknown. */
  public boolean block(String token) {
    return database.transaction(
        tx -> {
          Optional<Link> link = link(tx.connection(), token);
          if (link.isPresent()
              && BLOCK
                      .bind("recipient", link.get().recipient())
                      .bind("blocked_at", clock.instant())
                      .update(tx.connection())
                  == 1) {
            tx.audit(OWNER, entry(LetterAct.BLOCKED, link.get()));
          }
          return link.isPresent();
        });
  }

  /** False when the link is unknown. */
  public boolean lift(String token) {
    return database.transaction(
        tx -> {
          Optional<Link> link = link(tx.connection(), token);
          if (link.isPresent()
              && LIFT.bind("recipient", link.get().recipient()).update(tx.connection()) == 1) {
            tx.audit(OWNER, entry(LetterAct.BLOCK_LIFTED, link.get()));
          }
          return link.isPresent();
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

  private static AuditEntry entry(LetterAct act, Link link) {
    return AuditEntry.ofInstallation(act, Long.toString(link.letterId()));
  }

  private static Optional<Link> link(Connection connection, String token) throws SQLException {
    return token.length() != TOKEN_LENGTH
        ? Optional.empty()
        : Sql.of("select id, recipient from platform.letters where block_hash = :block_hash")
            .bind("block_hash", Recipients.sha256(token))
            .first(connection, row -> new Link(row.getLong("id"), row.getBytes("recipient")));
  }
}
