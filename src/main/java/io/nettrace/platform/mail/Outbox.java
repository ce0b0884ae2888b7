package io.nettrace.platform.mail;

import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.platform.crypto.RandomBytes;
import io.nettrace.platform.job.Jobs;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Mail that is to be sent, within the limits of its purpose. */
@Service
public class Outbox {
  private static final int TOKEN_BYTES = 32;

  private final Database database;
  private final Jobs jobs;
  private final LetterLimits limits;
  private final PublicAddress address;
  private final Clock clock;
  private final RandomGenerator random = RandomBytes.generator();

  @Inject
  public Outbox(
      Database database, Jobs jobs, LetterLimits limits, PublicAddress address, Clock clock) {
    this.database = database;
    this.jobs = jobs;
    this.limits = limits;
    this.address = address;
    this.clock = clock;
  }

  /**
   * Sends {@code mail} if the caller's transaction commits and the limits of its occasion allow it,
   * soon after the commit. What is held back is noted and never sent. To be called last in a
   * transaction, which holds a lock from here on. The outside must not learn that a letter was held
   * back unless its purpose was agreed to.
   */
  public void add(Tx tx, Occasion occasion, Mail mail) throws SQLException {
    Instant now = clock.instant();
    byte[] recipient = Recipients.key(mail.to());
    Optional<HeldWhy> held = limits.refusal(tx.connection(), occasion, recipient, now);
    Optional<String> token =
        occasion.purpose().agreed() || held.isPresent() ? Optional.empty() : Optional.of(token());
    limits.note(tx.connection(), occasion, recipient, held, token, now);
    if (held.isEmpty()) {
      Mail sent = token.map(text -> withBlockLink(mail, text)).orElse(mail);
      UUID letter = TimeOrderedId.at(now);
      OutboxStore.add(tx.connection(), letter, occasion.tenantId(), sent, now);
      MailSender.enqueue(jobs, tx, letter, occasion.tenantId(), now);
    }
  }

  /**
   * The same verdict before anything is stored: what is held back is noted, and the caller leaves
   * the rest undone. No other transaction writes such a letter until the transaction ends.
   */
  public boolean isHeld(Tx tx, Occasion occasion, String to) throws SQLException {
    Instant now = clock.instant();
    byte[] recipient = Recipients.key(to);
    Optional<HeldWhy> held = limits.refusal(tx.connection(), occasion, recipient, now);
    if (held.isPresent()) {
      limits.note(tx.connection(), occasion, recipient, held, Optional.empty(), now);
    }
    return held.isPresent();
  }

  /** Letters that are to be sent, and when the oldest was written. */
  public record Waiting(int letters, Optional<Instant> oldest) {}

  /** What has not left yet, in all nodes together. */
  public Waiting waiting() {
    return database.run(OutboxStore::waiting);
  }

  /** Letters to {@code to} that were held back, of purposes that its owner confirmed. */
  public List<Held> heldFor(String to) {
    return database
        .run(c -> LetterLimits.held(c, Optional.of(Recipients.key(to)), clock.instant()))
        .stream()
        .filter(held -> held.purpose().agreed())
        .toList();
  }

  /** All letters that were held back lately, for the operator. */
  public List<Held> held() {
    return database.run(c -> LetterLimits.held(c, Optional.empty(), clock.instant()));
  }

  /** Removes every mail to {@code to}, in the caller's transaction. */
  public void forgetRecipient(Tx tx, String to) throws SQLException {
    OutboxStore.forgetRecipient(tx.connection(), to);
  }

  /** Removes a tenant's mail, in the caller's transaction. */
  public void forgetTenant(Tx tx, UUID tenantId) throws SQLException {
    OutboxStore.forgetTenant(tx.connection(), tenantId);
  }

  private Mail withBlockLink(Mail mail, String token) {
    String block =
        """

        This letter was caused by a form that anyone can fill in. To get no such letters at this
        address any more: %s
        """
            .formatted(address.link("/letters#" + token));
    return new Mail(mail.to(), mail.subject(), mail.text() + block);
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
