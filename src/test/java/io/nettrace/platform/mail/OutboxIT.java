package io.nettrace.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
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
    Courier courier = courier(_ -> {});
    courier.sendDue();
    assertThat(outbox.waiting()).isEqualTo(new Outbox.Waiting(0, Optional.empty()));

    Instant written = clock.instant();
    add(MAIL);
    clock.advance(Duration.ofMinutes(1));
    add(MAIL);

    assertThat(outbox.waiting()).isEqualTo(new Outbox.Waiting(2, Optional.of(written)));
    courier.sendDue();
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
    assertThat(courier(_ -> {}).sendDue()).isZero();
  }

  @Test
  void aMailBecomesAFileThatOnlyItsOwnerReadsAndNamesSortByTime() throws Exception {
    Courier courier = courier(new MailboxFolder(data.resolve("mailbox"), FROM));
    add(MAIL);
    clock.advance(Duration.ofSeconds(1));
    add(new Mail("bob@example.org", "Grüße", "zweite"));
    assertThat(courier.sendDue()).isEqualTo(2);

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
    Courier courier = courier(new MailboxFolder(data.resolve("mailbox"), FROM));
    add(new Mail("ada@example.org", "Hi\r\nBcc: eve@example.org\r\n\r\nbody", "text"));
    courier.sendDue();

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
    Courier courier = courier(_ -> {});
    add(MAIL);
    assertThat(courier.sendDue()).isEqualTo(1);
    assertThat(rows()).hasSize(1).noneMatch(row -> row.contains("secret"));

    clock.advance(Duration.ofDays(1).plusSeconds(1));
    courier.forgetOld();
    assertThat(rows()).isEmpty();
  }

  @Test
  void aMailThatCannotBeSentIsTriedLessAndLessOftenAndStaysWithItsFailure() {
    List<Instant> tries = new CopyOnWriteArrayList<>();
    Courier courier =
        courier(
            _ -> {
              tries.add(clock.instant());
              throw new UndeliverableException(new IOException("mailbox full"));
            });
    add(MAIL);
    for (int i = 0; i < 24 * 60; i++) {
      assertThat(courier.sendDue()).isZero();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(tries).hasSize(Courier.MOST_ATTEMPTS);
    assertThat(Duration.between(tries.get(8), tries.get(9)))
        .isGreaterThan(Duration.between(tries.get(3), tries.get(4)));
    assertThat(rows())
        .singleElement()
        .asString()
        .contains("IOException: mailbox full")
        .doesNotContain("secret");
  }

  @Test
  void aLetterWhoseCourierDiedIsSentByAnother() {
    add(MAIL);
    database.run(connection -> OutboxStore.claim(connection, clock.instant()).orElseThrow());
    assertThat(courier(_ -> {}).sendDue()).isZero();
    clock.advance(OutboxStore.CLAIM);
    assertThat(courier(_ -> {}).sendDue()).isEqualTo(1);
  }

  @Test
  void manyCouriersSendEachLetterOnce() throws Exception {
    List<UUID> sent = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      add(MAIL);
    }
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> work =
          Stream.generate(() -> courier(letter -> sent.add(letter.id())))
              .limit(4)
              .<Callable<Integer>>map(courier -> courier::sendDue)
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
      assertThat(courier(smtp(server, "none")).sendDue()).isEqualTo(1);
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
      assertThat(courier(smtp(server, "starttls")).sendDue()).isZero();
      assertThat(server.lines).noneMatch(line -> line.startsWith("MAIL") || line.contains("token"));
    }
  }

  private static Delivery smtp(FakeSmtpServer server, String tls) {
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

  private Courier courier(Delivery delivery) {
    return new Courier(database, delivery, clock);
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
