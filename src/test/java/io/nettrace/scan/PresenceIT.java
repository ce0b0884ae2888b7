package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.OwnFault;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceIT {
  private static final Instant LATE = Instant.parse("2026-11-25T23:58:10Z");

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(LATE);
  private final Presence presence = new Presence(database, clock);

  @Test
  void aMinuteCountsOnceHoweverOftenItIsNotedAndOnTheDayItBelongsTo() {
    presence.note();
    presence.note();
    clock.advance(Duration.ofMinutes(1));
    presence.note();
    clock.advance(Duration.ofMinutes(3));
    presence.note();
    assertThat(presence.days(2))
        .containsExactly(
            new Presence.Day(
                Presence.SERVICE,
                LocalDate.of(2026, 11, 25),
                2,
                Instant.parse("2026-11-25T23:58:00Z")),
            new Presence.Day(
                Presence.SERVICE,
                LocalDate.of(2026, 11, 26),
                1,
                Instant.parse("2026-11-25T23:58:00Z")));
  }

  @Test
  void aMinuteInWhichItsLineWasDownIsNotOneInWhichAVantagePointWasThere() {
    there("vantage:faulty", "2026-11-25T23:50:00Z", "2026-11-26T00:09:00Z");
    there("vantage:well", "2026-11-25T23:50:00Z", "2026-11-26T00:09:00Z");
    fault(OwnFault.Kind.LINE, "2026-11-25T23:57:30Z", "2026-11-26T00:01:10Z");
    fault(OwnFault.Kind.LINE, "2026-11-26T00:01:40Z", "2026-11-26T00:02:00Z"); // same minute
    fault(OwnFault.Kind.RESOLVER, "2026-11-25T23:50:00Z", "2026-11-26T00:09:00Z");
    clock.advance(Duration.ofMinutes(10));
    assertThat(minutes("vantage:faulty")).containsExactly(7, 8);
    assertThat(minutes("vantage:well")).containsExactly(10, 10);
    fault(OwnFault.Kind.LINE, "2026-11-26T00:05:20Z", null);
    assertThat(minutes("vantage:faulty")).as("one that lasts").containsExactly(7, 4);
    fault(OwnFault.Kind.LINE, "2026-11-25T20:00:00Z", "2026-11-25T23:59:00Z");
    assertThat(minutes("vantage:faulty")).as("a whole day on record").containsExactly(0, 4);
    assertThat(presence.days(2).getFirst().first()).isEqualTo("2026-11-25T23:50:00Z");
  }

  private List<Integer> minutes(String subject) {
    return presence.days(2).stream()
        .filter(day -> day.subject().equals(subject))
        .map(Presence.Day::minutes)
        .toList();
  }

  private void there(String subject, String first, String last) {
    database.run(
        connection ->
            Sql.of(
                    """
                    insert into platform.presence (subject, minute)
                    select :subject, generate_series(:first::timestamptz, :last::timestamptz,
                      interval '1 minute')
                    """)
                .bind("subject", subject)
                .bind("first", first)
                .bind("last", last)
                .update(connection));
  }

  private void fault(OwnFault.Kind kind, String began, @Nullable String ended) {
    database.run(
        connection ->
            Sql.of(
                    """
                    insert into platform.vantage_faults
                      (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
                    values ('faulty', :kind, :began_at::timestamptz, :spool,
                      :ended_at::timestamptz, 1, '', now())
                    """)
                .bind("kind", kind)
                .bind("began_at", began)
                .bind("spool", UUID.randomUUID())
                .bind("ended_at", Optional.ofNullable(ended))
                .update(connection));
  }

  @Test
  void whatIsOldIsForgotten() {
    new Migrations(database).apply();
    presence.note();
    clock.advance(Duration.ofDays(70));
    presence.note();
    assertThat(presence.days(365)).hasSize(1);
  }
}
