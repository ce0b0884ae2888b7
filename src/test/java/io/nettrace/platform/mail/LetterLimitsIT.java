package io.nettrace.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.platform.job.Jobs;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LetterLimitsIT {
  private static final String STRANGER = "eve@example.org";
  private static final Pattern BLOCK_LINK = Pattern.compile("/letters#([A-Za-z0-9_-]{43})");

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T10:00:00Z"));
  private final LetterBlocks blocks = new LetterBlocks(database, clock);

  LetterLimitsIT() {}

  @Test
  void anAddressThatHasNotAgreedGetsThreeLettersAnHourAndTenADayOverAllPurposes() {
    write(Occasion.of(Purpose.SIGN_UP), STRANGER);
    write(Occasion.of(Purpose.INVITATION), STRANGER);
    write(Occasion.of(Purpose.NEW_ADDRESS), "Eve+shop@Example.org");
    write(Occasion.of(Purpose.SIGN_UP), "eve+other@example.org");
    assertThat(written()).isEqualTo(3);
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofMinutes(30));
      write(Occasion.of(Purpose.INVITATION), STRANGER);
    }
    assertThat(written()).isEqualTo(10);
    clock.advance(Duration.ofDays(1));
    write(Occasion.of(Purpose.INVITATION), STRANGER);
    assertThat(written()).isEqualTo(11);
  }

  @Test
  void manyAtOnceAreNoWayAroundTheLimit() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all =
          IntStream.range(0, 24)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            write(Occasion.of(Purpose.SIGN_UP), STRANGER);
                            return true;
                          }))
              .toList();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(written()).isEqualTo(3);
  }

  @Test
  void tenantNetworkAndInstallationHaveBoundsOfTheirOwn() {
    UUID tenant = UUID.randomUUID();
    for (int i = 0; i < 8; i++) {
      write(Occasion.of(Purpose.INVITATION).ofTenant(tenant), "t" + i + "@example.org");
    }
    assertThat(written()).isEqualTo(4);
    for (int i = 0; i < 8; i++) {
      write(Occasion.of(Purpose.SIGN_UP).from("192.0.2." + i), "s" + i + "@example.org");
    }
    assertThat(written()).as("one /24").isEqualTo(4 + 5);
    for (int i = 0; i < 8; i++) {
      write(Occasion.of(Purpose.SIGN_UP).from("2001:db8:7:" + i + "::1"), "v" + i + "@example.org");
    }
    assertThat(written()).as("one /48, and twelve altogether").isEqualTo(12);
    assertThat(outbox().held())
        .extracting(Held::why)
        .contains(HeldWhy.TENANT, HeldWhy.SOURCE, HeldWhy.INSTALLATION);
  }

  @Test
  void anAgreedPurposeHasItsOwnBoundAndWhatIsHeldBackIsTold() {
    for (int i = 0; i < 5; i++) {
      write(Occasion.of(Purpose.SIGN_UP), STRANGER);
      write(Occasion.of(Purpose.PASSWORD_RESET), STRANGER);
    }
    assertThat(written()).isEqualTo(6);
    assertThat(outbox().heldFor(STRANGER))
        .containsExactly(
            new Held(Purpose.PASSWORD_RESET, HeldWhy.RECIPIENT_HOUR, 2, clock.instant()));
    assertThat(outbox().heldFor("ann@example.org")).isEmpty();
    assertThat(outbox().held()).hasSize(2);
  }

  @Test
  void theBlockLinkEndsLettersForGoodAndTheSameLinkEndsTheBlock() {
    write(Occasion.of(Purpose.SIGN_UP), STRANGER);
    String token = blockToken();
    AuditEntries entries = new AuditEntries(database);
    assertThat(blocks.block("x".repeat(43))).isFalse();
    assertThat(blocks.block(token)).isTrue();
    assertThat(blocks.block(token)).as("again").isTrue();
    clock.advance(Duration.ofDays(200));
    write(Occasion.of(Purpose.INVITATION), "EVE@example.org");
    assertThat(written()).isOne();
    write(Occasion.of(Purpose.ACCOUNT_NOTICE), STRANGER);
    assertThat(written()).as("what was agreed to still comes").isEqualTo(2);
    assertThat(forget()).isZero();
    assertThat(blocks.lift(token)).isTrue();
    assertThat(entries.take())
        .extracting(AuditEntries.Entry::type, AuditEntries.Entry::actor)
        .containsExactly(
            tuple("letters.blocked", "system:block-link"),
            tuple("letters.block-lifted", "system:block-link"));
    write(Occasion.of(Purpose.INVITATION), STRANGER);
    assertThat(written()).isEqualTo(3);
  }

  @Test
  void aNameInALetterIsNeitherALinkNorASentenceOfPunctuation() {
    assertThat(
            TypedNames.inLetter(
                "Your account is blocked, log in at https://evil.example/login?x=1\r\n!!!"))
        .isEqualTo("Your account is blocked log in at https");
    assertThat(TypedNames.inLetter("Müller-Lüdenscheidt & O'Hara 3"))
        .isEqualTo("Müller-Lüdenscheidt & O'Hara 3");
    assertThat(TypedNames.inLetter("\u202e<b>\u200b</b>")).isEqualTo("b b");
    assertThat(TypedNames.inLetter("://")).isEqualTo("(no name)");
    assertThat(TypedNames.inLetter("𝒜".repeat(200)).codePointCount(0, 80)).isEqualTo(40);
  }

  private int forget() {
    return database.run(connection -> LetterLimits.forgetOld(connection, clock.instant()));
  }

  private Outbox outbox() {
    return UnsentMail.outbox(
        database,
        new Jobs(database, new Chores(database), clock),
        clock,
        Map.of(
            "nettrace.mail.most-of-tenant", "4",
            "nettrace.mail.most-of-source", "5",
            "nettrace.mail.most-of-installation", "12"));
  }

  private void write(Occasion occasion, String to) {
    database.transaction(
        tx -> {
          outbox().add(tx, occasion, new Mail(to, "Hello", "text"));
          return true;
        });
  }

  private long written() {
    return database.run(
        connection ->
            Sql.of("select count(*) from platform.outbox_mails")
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }

  private String blockToken() {
    String body =
        database.run(
            connection ->
                Sql.of("select body from platform.outbox_mails")
                    .first(connection, row -> row.getString(1))
                    .orElseThrow());
    Matcher matcher = BLOCK_LINK.matcher(body);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
