package io.nettrace.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.platform.job.DueJobs;
import io.nettrace.platform.job.JobChange;
import io.nettrace.platform.job.JobState;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.job.ListedJob;
import io.nettrace.testing.MailRuntime;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MailRuntime.class)
class OutboxIT {
  private static final String FROM = "NetTrace <no-reply@nettrace.localhost>";
  private static final Mail MAIL = new Mail("ada@example.org", "Hello", "a secret token\n");

  private static final Occasion NOTICE = Occasion.of(Purpose.ACCOUNT_NOTICE);

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T10:00:00Z"));

  @TempDir private Path data;

  OutboxIT() {}

  @Test
  void whatWaitsIsCountedWithTheAgeOfItsOldest() {
    Outbox outbox = UnsentMail.outbox(database, clock);
    Node node = node(_ -> {});
    assertThat(node.sendDue()).isZero();
    assertThat(outbox.waiting()).isEqualTo(new Outbox.Waiting(0, Optional.empty()));

    Instant written = clock.instant();
    add(MAIL);
    clock.advance(Duration.ofMinutes(1));
    add(MAIL);

    assertThat(outbox.waiting()).isEqualTo(new Outbox.Waiting(2, Optional.of(written)));
    assertThat(node.sendDue()).isEqualTo(2);
    assertThat(outbox.waiting().letters()).isZero();
  }

  @Test
  void aMailOfATransactionThatRollsBackIsNeverSent() {
    Outbox outbox = UnsentMail.outbox(database, clock);
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      outbox.add(tx, NOTICE, MAIL);
                      throw new IllegalStateException("changed its mind");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(node(_ -> {}).sendDue()).isZero();
  }

  @Test
  void aMailBecomesAFileThatOnlyItsOwnerReadsAndNamesSortByTime() throws Exception {
    Node node = node(new MailboxFolder(data.resolve("mailbox"), FROM));
    add(MAIL);
    clock.advance(Duration.ofSeconds(1));
    add(new Mail("bob@example.org", "Grüße", "zweite"));
    assertThat(node.sendDue()).isEqualTo(2);

    List<Path> files = files();
    assertThat(files).hasSize(2);
    MimeMessage first = read(files.getFirst());
    assertThat((String) first.getContent()).isEqualToNormalizingNewlines(MAIL.text());
    assertThat(read(files.getLast()).getSubject()).isEqualTo("Grüße");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
        .isEqualTo("rw-------");
  }

  @Test
  void nobodyCanWriteAHeader() throws Exception {
    Node node = node(new MailboxFolder(data.resolve("mailbox"), FROM));
    add(new Mail("ada@example.org", "Hi\r\nBcc: eve@example.org\r\n\r\nbody", "text"));
    node.sendDue();

    MimeMessage message = read(files().getFirst());
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getSubject()).isEqualTo("Hi Bcc: eve@example.org body");
    for (String to :
        List.of("a@b.c\r\nBcc: x@y.z", "a@b.c,x@y.z", "<a@b.c>", "no-at", "a b@c.d", "a@b@c")) {
      assertThatThrownBy(() -> new Mail(to, "", "")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theTextIsWipedOnceSentAndTheRestForgottenAfterADay() {
    Node node = node(_ -> {});
    add(MAIL);
    assertThat(node.sendDue()).isEqualTo(1);
    assertThat(rows()).hasSize(1).noneMatch(row -> row.contains("secret"));

    clock.advance(Duration.ofDays(1).plusSeconds(1));
    node.courier.forgetOld();
    assertThat(rows()).isEmpty();
  }

  @Test
  void aMailThatCannotBeSentIsTriedLessAndLessOftenAndStaysWithItsFailure() {
    List<Instant> tries = new CopyOnWriteArrayList<>();
    Node node =
        node(
            _ -> {
              tries.add(clock.instant());
              throw new UndeliverableException(new IOException("mailbox full"));
            });
    add(MAIL);
    for (int i = 0; i < 24 * 60; i++) {
      int _ = node.sendDue();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(tries).hasSize(MailSender.SEND.mostAttempts());
    assertThat(Duration.between(tries.get(8), tries.get(9)))
        .isGreaterThan(Duration.between(tries.get(3), tries.get(4)));
    assertThat(rows()).singleElement().asString().contains("IOException: mailbox full");
    assertThat(UnsentMail.outbox(database, clock).waiting().letters()).isZero();
  }

  @Test
  void whatWasGivenUpIsReplayedAsLongAsItHasItsText() {
    Node broken =
        node(
            _ -> {
              throw UndeliverableException.forGood(new IOException("no such mailbox"));
            });
    add(MAIL);
    add(MAIL);
    assertThat(broken.sendDue()).isEqualTo(2);
    List<UUID> dead = broken.dead();
    assertThat(dead).hasSize(2);

    Node node = node(_ -> {});
    assertThat(node.jobs.replay(new Actor.Operator(), dead.getFirst())).isEqualTo(JobChange.DONE);
    assertThat(node.sendDue()).isEqualTo(1);
    assertThat(rows()).filteredOn(row -> row.contains("secret")).hasSize(1);
    clock.advance(OutboxStore.KEEP_FAILED_TEXT.plusSeconds(1));
    node.courier.forgetOld();
    assertThat(rows()).singleElement().asString().doesNotContain("secret");
    assertThat(node.jobs.replay(new Actor.Operator(), dead.getLast())).isEqualTo(JobChange.DONE);
    assertThat(node.sendDue()).isEqualTo(1);
    assertThat(node.jobs.find(dead.getLast()).orElseThrow().failure())
        .contains("The letter's text was wiped; it cannot be sent any more.");
  }

  @Test
  void whatAnOperatorDropsHasNoTextAnyMore() {
    Node node = node(_ -> {});
    add(MAIL);
    UUID waiting = node.jobs.list(Optional.empty(), Optional.empty(), 1).getFirst().id();

    assertThat(node.jobs.drop(new Actor.Operator(), waiting)).isEqualTo(JobChange.DONE);
    assertThat(node.sendDue()).isZero();
    assertThat(rows()).singleElement().asString().contains("dropped").doesNotContain("secret");
    assertThat(UnsentMail.outbox(database, clock).waiting().letters()).isZero();
  }

  @Test
  void aLetterThatIsGoneOrWasSentIsNotSentAgain() {
    List<UUID> sent = new CopyOnWriteArrayList<>();
    Node node = node(letter -> sent.add(letter.id()));
    add(MAIL);
    add(MAIL);
    execute(
        "update platform.outbox_mails set sent_at = now() where id = (select min(id::text)::uuid"
            + " from platform.outbox_mails)");
    execute("delete from platform.outbox_mails where sent_at is null");

    assertThat(node.sendDue()).isEqualTo(2);
    assertThat(sent).isEmpty();
    assertThat(node.dead()).isEmpty();
  }

  @Test
  void lettersOfTheOldQueueAreTakenOverOnce() {
    execute(
        """
        insert into platform.outbox_mails
          (id, recipient, subject, body, written_at, due_at, attempts, sent_at, failed_at)
        select gen_random_uuid(), 'ada@example.org', 'Hello', 'text', timestamptz '2026-11-25T09:00Z',
          timestamptz '2026-11-25T09:00Z' + n * interval '50 minutes', n,
          case when n = 3 then now() end, case when n = 4 then now() end
        from generate_series(1, 4) n
        """);
    List<UUID> sent = new CopyOnWriteArrayList<>();
    Node one = node(letter -> sent.add(letter.id()));
    Node other = node(letter -> sent.add(letter.id()));

    assertThat(one.sendDue() + other.sendDue()).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(other.sendDue() + one.sendDue()).isEqualTo(1);
    assertThat(node(letter -> sent.add(letter.id())).sendDue()).isZero();
    assertThat(sent).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void anAddressThatTheServerRefusesForGoodIsNotTriedAgain() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer()) {
      server.recipient = "451 later";
      Node node = node(smtp(server, "none"));
      add(MAIL);
      assertThat(node.sendDue()).isEqualTo(1);
      assertThat(node.dead()).isEmpty();
      server.recipient = "550 no such user";
      clock.advance(Duration.ofHours(1));
      assertThat(node.sendDue()).isEqualTo(1);
      assertThat(node.dead()).hasSize(1);
      assertThat(node.jobs.find(node.dead().getFirst()).orElseThrow().failure().orElseThrow())
          .startsWith("The mail server refuses the letter.");
    }
  }

  @Test
  void manyCouriersSendEachLetterOnce() throws Exception {
    List<UUID> sent = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      add(MAIL);
    }
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> work =
          Stream.generate(() -> node(letter -> sent.add(letter.id())))
              .limit(4)
              .<Callable<Integer>>map(node -> node::sendDue)
              .toList();
      for (Future<Integer> node : nodes.invokeAll(work)) {
        node.get();
      }
    }
    assertThat(sent).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void withAHostMailGoesBySmtp() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer()) {
      add(MAIL);
      assertThat(node(smtp(server, "none")).sendDue()).isEqualTo(1);
      assertThat(server.lines)
          .contains(
              "MAIL FROM:<no-reply@nettrace.localhost>",
              "RCPT TO:<ada@example.org>",
              "a secret token");
    }
  }

  @Test
  void aServerThatOffersNoEncryptionIsToldNothing() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer()) {
      add(MAIL);
      assertThat(node(smtp(server, "starttls")).sendDue()).isEqualTo(1);
      assertThat(server.lines).noneMatch(line -> line.startsWith("MAIL") || line.contains("token"));
    }
  }

  private static MailTransport smtp(FakeSmtpServer server, String tls) {
    MailConfig config =
        MailConfig.from(
            Settings.of(
                Map.of(
                    "nettrace.mail.host",
                    "127.0.0.1",
                    "nettrace.mail.port",
                    Integer.toString(server.port()),
                    "nettrace.mail.tls",
                    tls)));
    return new SmtpServer(config, "127.0.0.1");
  }

  /** What sends mail on a node, where jobs are run by hand. */
  private record Node(Jobs jobs, MailSender courier) {
    int sendDue() {
      return DueJobs.run(jobs);
    }

    List<UUID> dead() {
      return jobs.list(Optional.of("mail.send"), Optional.of(JobState.DEAD), 10).stream()
          .map(ListedJob::id)
          .toList();
    }
  }

  private Node node(MailTransport delivery) {
    Chores chores = new Chores(database);
    Jobs jobs = new Jobs(database, chores, clock);
    MailSender courier = new MailSender(database, delivery, jobs, clock);
    courier.begin(new DatabaseReady(), chores);
    return new Node(jobs, courier);
  }

  private void execute(String sql) {
    int _ = database.run(connection -> Sql.of(sql).update(connection));
  }

  private void add(Mail mail) {
    Outbox outbox = UnsentMail.outbox(database, clock);
    database.transaction(
        tx -> {
          outbox.add(tx, NOTICE, mail);
          return true;
        });
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("mailbox"))) {
      return files.sorted().toList();
    }
  }

  private static MimeMessage read(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private List<String> rows() {
    return database.run(
        connection ->
            Sql.of("select m::text from platform.outbox_mails m")
                .all(connection, row -> row.getString(1)));
  }
}
