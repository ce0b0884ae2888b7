package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Visitor;
import io.nettrace.platform.Sql;
import io.nettrace.platform.mail.Recipients;
import io.nettrace.platform.web.ClientNetworks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Bounds on sign-ups that hold a slug and are not confirmed: 3 for a mailbox, 20 for a network. The
 * caller holds the lock of letters, so that many at once are no way around them.
 */
final class OpenSignUps {
  static final int MOST_OF_RECIPIENT = 3;
  static final int MOST_OF_NETWORK = 20;

  private static final Sql COUNT =
      Sql.of(
          """
          select count(*) filter (where recipient = :recipient) >= :most_of_recipient
            or count(*) filter (where network = :network) >= :most_of_network
          from platform.open_sign_ups where expires_at > :now
            and (recipient = :recipient or network = :network)
          """);

  private OpenSignUps() {}

  static boolean areTooMany(
      Connection transaction, EmailAddress email, Visitor visitor, Instant now)
      throws SQLException {
    Sql.of("delete from platform.open_sign_ups where expires_at <= :now")
        .bind("now", now)
        .update(transaction);
    byte[] recipient = Recipients.key(email.text());
    String network = ClientNetworks.of(visitor.address());
    return COUNT
        .bind("recipient", recipient)
        .bind("most_of_recipient", MOST_OF_RECIPIENT)
        .bind("network", network)
        .bind("most_of_network", MOST_OF_NETWORK)
        .bind("now", now)
        .first(transaction, row -> row.getBoolean(1))
        .orElseThrow();
  }

  static void add(
      Connection transaction, UUID tenantId, EmailAddress email, Visitor visitor, Instant until)
      throws SQLException {
    Sql.of(
            "insert into platform.open_sign_ups (tenant_id, recipient, network, expires_at)"
                + " values (:tenant_id, :recipient, :network, :expires_at)")
        .bind("tenant_id", tenantId)
        .bind("recipient", Recipients.key(email.text()))
        .bind("network", ClientNetworks.of(visitor.address()))
        .bind("expires_at", until)
        .update(transaction);
  }

  static void remove(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.open_sign_ups where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
  }
}
