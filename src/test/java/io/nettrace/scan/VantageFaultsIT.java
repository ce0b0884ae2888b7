package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.OwnFault;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VantageFaultsIT {
  private static final UUID RUN = new UUID(0, 7);

  private final Database database = SharedPostgres.freshDatabase();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final VantageFaults faults = new VantageFaults(database, Clock.systemUTC());
  private final OwnFault begun =
      new OwnFault(
          OwnFault.Kind.LINE, now.minusSeconds(60), Optional.empty(), 100, "no target answers");

  @BeforeEach
  void migrate() {
    new Migrations(database).apply();
  }

  @Test
  void aFaultIsOneEventHoweverOftenItIsTold() {
    tell(begun);
    tell(begun);
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().hidesTargets()).isTrue();
    tell(begun.ended(now));
    tell(begun);
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().fault()).isEqualTo(begun.ended(now));
    assertThat(faults.lately().getFirst().hidesTargets()).isFalse();
  }

  @Test
  void aClockThatStaysWrongIsOneFaultUntilItIsRight() {
    clock(Optional.of("slow"));
    clock(Optional.of("slow"));
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().fault().kind()).isEqualTo(OwnFault.Kind.CLOCK);
    assertThat(faults.lately().getFirst().hidesTargets()).isFalse();
    clock(Optional.empty());
    assertThat(faults.lately().getFirst().fault().endedAt()).isPresent();
  }

  @Test
  void theEndOfAFaultFindsItThoughAWrongClockDatedBothTellings() {
    tell(begun);
    OwnFault redated =
        new OwnFault(
            begun.kind(), begun.beganAt().plusMillis(700), Optional.of(now), 100, begun.reason());
    tell(redated);
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().fault()).isEqualTo(begun.ended(now));
  }

  @Test
  void aFaultWhoseEndWasLostEndsWithTheNextOneAndWithTheRunThatToldIt() {
    tell(begun);
    OwnFault next =
        new OwnFault(
            begun.kind(), begun.beganAt().plusSeconds(600), Optional.empty(), 100, begun.reason());
    tell(next);
    assertThat(faults.lately())
        .extracting(one -> one.fault())
        .containsExactly(next, begun.ended(next.beganAt()));
    database.transaction(
        tx -> {
          VantageFaults.endOfGone(tx, "local", now.plusSeconds(900));
          return true;
        });
    assertThat(faults.lately()).noneMatch(one -> one.hidesTargets());
  }

  @Test
  void whatWasStoredOfNamesAndAddressesIsReplaced() {
    int _ =
        database.<Integer>run(
            connection ->
                Sql.of(
                        """
                        insert into platform.vantage_faults
                          (vantage_point, kind, began_at, spool, targets, reason, known_at)
                        values ('local', 'RESOLVER', ?, ?, 3,
                          '/10.0.0.53:53 answered SERVFAIL to A of canary.tenant.example', ?)
                        """,
                        now,
                        RUN,
                        now)
                    .update(connection));
    assertThat(faults.lately().getFirst().fault().reason()).isEqualTo(OwnFault.NO_NAME_SERVER);
    int _ =
        database.<Integer>run(
            connection ->
                Sql.of("delete from platform.databasechangelog where filename like 'platform/131%'")
                    .update(connection));
    new Migrations(database).apply();
    List<String> stored =
        database.run(
            connection ->
                Sql.of("select reason from platform.vantage_faults")
                    .all(connection, row -> row.getString(1)));
    assertThat(stored).containsExactly(OwnFault.NO_NAME_SERVER);
  }

  private void tell(OwnFault fault) {
    database.transaction(
        tx -> {
          VantageFaults.tell(tx, "local", RUN, List.of(fault), now);
          return true;
        });
  }

  private void clock(Optional<String> wrong) {
    database.transaction(
        tx -> {
          VantageFaults.clock(tx, "local", RUN, wrong, Instant.now());
          return true;
        });
  }
}
