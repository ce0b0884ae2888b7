package io.nettrace.platform.mail;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.Job;
import io.nettrace.platform.job.JobHandler;
import io.nettrace.platform.job.JobRefusedException;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Delivers letters as jobs, one at a time on each node. */
@Service
public class MailSender implements JobHandler<MailSender.LetterJob> {
  static final JobType<LetterJob> SEND =
      JobType.of("mail.send", LetterJob.class)
          .attempts(10, Duration.ofSeconds(10), Duration.ofHours(1))
          .perNode(1)
          .priority(10);

  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final Database database;
  private final MailTransport delivery;
  private final Jobs jobs;
  private final Clock clock;

  /** Which letter is to be sent. */
  public record LetterJob(UUID letter) {}

  @Inject
  MailSender(Database database, MailTransport delivery, Jobs jobs, Clock clock) {
    this.database = database;
    this.delivery = delivery;
    this.jobs = jobs;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    jobs.handle(SEND, this);
    takeOver();
    chores.every(FORGET_EVERY, "forgetting old mail", this::forgetOld);
  }

  static void enqueue(Jobs jobs, Tx tx, UUID letter, Optional<UUID> tenantId, Instant due)
      throws SQLException {
    jobs.enqueue(tx, SEND, letter.toString(), tenantId, new LetterJob(letter), due);
  }

  /** Letters of a release that had a queue for mail of its own: each becomes a job, once. */
  private void takeOver() {
    int _ =
        database.transaction(
            tx -> {
              var left = OutboxStore.takeOver(tx.connection());
              for (OutboxStore.Left letter : left) {
                enqueue(jobs, tx, letter.id(), letter.tenantId(), letter.due());
              }
              return left.size();
            });
  }

  @Override
  public void run(Job job, LetterJob data) throws UndeliverableException, JobRefusedException {
    Optional<Letter> unsent = database.run(c -> OutboxStore.unsent(c, data.letter()));
    if (unsent.isEmpty()) {
      return; // forgotten with its recipient, or sent by a node that died then
    }
    Letter letter = unsent.get();
    if (letter.mail().text().isEmpty()) {
      throw new JobRefusedException("The letter's text was wiped; it cannot be sent any more.");
    }
    try {
      delivery.deliver(letter);
    } catch (UndeliverableException e) {
      if (e.isPermanent()) {
        throw new JobRefusedException("The mail server refuses the letter. " + e.getMessage(), e);
      }
      throw e;
    }
    database.run(c -> OutboxStore.sent(c, letter.id(), clock.instant()));
  }

  @Override
  public void died(Tx tx, Job job, String failure) throws SQLException {
    OutboxStore.giveUp(tx.connection(), letter(job), failure, clock.instant());
  }

  @Override
  public void dropped(Tx tx, Job job) throws SQLException {
    OutboxStore.drop(tx.connection(), letter(job), clock.instant());
  }

  private static UUID letter(Job job) {
    return UUID.fromString(job.key());
  }

  void forgetOld() {
    database.run(connection -> OutboxStore.forgetOld(connection, clock.instant()));
    database.run(connection -> LetterLimits.forgetOld(connection, clock.instant()));
  }
}
