package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
  void whatIsOldIsForgotten() {
    new Migrations(database).apply();
    presence.note();
    clock.advance(Duration.ofDays(70));
    presence.note();
    assertThat(presence.days(365)).hasSize(1);
  }
}
