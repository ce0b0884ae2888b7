package io.nettrace.platform.mail;

import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Mail that is to be sent. */
@Service
public class Outbox {
  private final Courier courier;
  private final Clock clock;

  @Inject
  public Outbox(Courier courier, Clock clock) {
    this.courier = courier;
    this.clock = clock;
  }

  /** Sends {@code mail} if the caller's transaction commits; {@link #wake} then makes it soon. */
  public void add(Connection transaction, Mail mail) throws SQLException {
    add(transaction, Optional.empty(), mail);
  }

  /** The same for mail that is forgotten with a tenant. */
  public void add(Connection transaction, UUID tenantId, Mail mail) throws SQLException {
    add(transaction, Optional.of(tenantId), mail);
  }

  /** To be called after the commit; a call too many or too few does no harm. */
  public void wake() {
    courier.wake();
  }

  /** Removes every mail to {@code to}, in the caller's transaction. */
  public void forgetRecipient(Connection transaction, String to) throws SQLException {
    OutboxStore.forgetRecipient(transaction, to);
  }

  /** Removes a tenant's mail, in the caller's transaction. */
  public void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    OutboxStore.forgetTenant(transaction, tenantId);
  }

  private void add(Connection transaction, Optional<UUID> tenantId, Mail mail) throws SQLException {
    Instant now = clock.instant();
    OutboxStore.add(transaction, TimeOrderedId.at(now), tenantId, mail, now);
  }
}
