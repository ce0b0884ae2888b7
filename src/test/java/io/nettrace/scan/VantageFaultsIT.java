package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.OwnFault;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VantageFaultsIT {
  private static final UUID RUN = new UUID(0, 7);

  private final Database database = SharedPostgres.migratedDatabase();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final Instant observed = now.minusSeconds(30);
  private final VantageFaults faults = new VantageFaults(database, Clock.systemUTC());
  private final OwnFault begun =
      new OwnFault(
          OwnFault.Kind.LINE, now.minusSeconds(60), Optional.empty(), 100, "no target answers");

  @BeforeEach
  void migrate() {
    execute(
        Sql.of(
                """
                insert into platform.vantage_points values ('local', false, 'RAW', :run, '', 1, now(),
                  now())
                """)
            .bind("run", RUN));
    hello(RUN);
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
    clock(Optional.of(OwnFault.CLOCK_SLOW), now);
    clock(Optional.of(OwnFault.CLOCK_SLOW), now.plusSeconds(1));
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().fault().kind()).isEqualTo(OwnFault.Kind.CLOCK);
    assertThat(faults.lately().getFirst().hidesTargets()).isFalse();
    clock(Optional.empty(), now.plusSeconds(2));
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
    hello(new UUID(0, 8));
    database.transaction(
        tx -> {
          VantageFaults.endOfGone(tx.connection(), "local", now.plusSeconds(900));
          return true;
        });
    assertThat(faults.lately()).noneMatch(one -> one.hidesTargets());
  }

  @Test
  void whatWasStoredOfNamesAndAddressesIsReplaced() {
    execute(
        Sql.of(
                """
                insert into platform.vantage_faults
                  (vantage_point, kind, began_at, spool, targets, reason, known_at)
                values ('local', 'RESOLVER', :began_at, :spool, 3,
                  '/10.0.0.53:53 answered SERVFAIL to A of canary.tenant.example', :known_at)
                """)
            .bind("began_at", now)
            .bind("spool", RUN)
            .bind("known_at", now));
    assertThat(faults.lately().getFirst().fault().reason()).isEqualTo(OwnFault.NO_NAME_SERVER);
    execute(Sql.of("delete from platform.databasechangelog where filename like 'platform/131%'"));
    new Migrations(database).apply();
    List<String> stored =
        database.run(
            connection ->
                Sql.of("select reason from platform.vantage_faults")
                    .all(connection, row -> row.getString(1)));
    assertThat(stored).containsExactly(OwnFault.NO_NAME_SERVER);
  }

  @Test
  void whatRecursWithinMinutesIsTheSameFault() {
    OwnFault soon = later(begun, Duration.ofMinutes(4));
    OwnFault late = later(begun, Duration.ofMinutes(20));
    tell(begun);
    tell(begun.ended(begun.beganAt().plusSeconds(30)));
    tell(soon);
    assertThat(told()).containsExactly(begun);
    tell(soon.ended(soon.beganAt().plusSeconds(30)));
    tell(soon);
    assertThat(told()).containsExactly(begun.ended(soon.beganAt().plusSeconds(30)));
    tell(late);
    assertThat(told()).hasSize(2);
    assertThat(faults.lately().getFirst().fault()).isEqualTo(late);
  }

  @Test
  void aClockAtTheThresholdIsOneFault() {
    for (int i = 0; i < 10; i++) {
      clock(i % 2 == 0 ? Optional.of(OwnFault.CLOCK_FAST) : Optional.empty(), now.plusSeconds(i));
    }
    assertThat(told()).hasSize(1).allMatch(fault -> fault.beganAt().equals(now));
    clock(Optional.of(OwnFault.CLOCK_FAST), now.plusSeconds(900));
    assertThat(told()).hasSize(2);
  }

  @Test
  void aFaultThatARunThatHasEndedTellsLateIsOver() {
    hello(new UUID(0, 8));
    tell(begun);
    clock(Optional.of(OwnFault.CLOCK_SLOW), now);
    assertThat(told()).hasSize(2).allMatch(fault -> fault.endedAt().isPresent());
    assertThat(told()).contains(begun.ended(observed));
    Instant end = observed.plusSeconds(20);
    tell(begun.ended(end));
    assertThat(told()).hasSize(2).contains(begun.ended(end));
  }

  @Test
  void faultsOfScannersThatAreForgottenEnd() {
    tell(begun);
    execute(Sql.of("update platform.scanners set last_seen = now() - interval '31 days'"));
    ScanUpkeep upkeep =
        new ScanUpkeep(
            database, new Chores(database), new TraceRequests(database), Clock.systemUTC());
    upkeep.forgetScanners();
    assertThat(told()).hasSize(1).allMatch(fault -> fault.endedAt().isPresent());
  }

  @Test
  void onlyFaultsThatWereOverLongAgoAreForgotten() {
    tell(begun.ended(begun.beganAt().plusSeconds(10)));
    tell(later(begun, Duration.ofMinutes(30)));
    Instant longAgo = begun.beganAt().plusSeconds(11);
    assertThat(forget(begun.beganAt().plusSeconds(9))).isFalse();
    assertThat(told()).hasSize(2);
    assertThat(forget(longAgo)).isFalse();
    assertThat(told()).hasSize(1).allMatch(fault -> fault.endedAt().isEmpty());
    forget(longAgo.plus(Duration.ofDays(1)));
    assertThat(told()).as("those that last").hasSize(1);
  }

  private boolean forget(Instant before) {
    return database.transaction(tx -> VantageFaults.forget(tx, before));
  }

  private static OwnFault later(OwnFault like, Duration by) {
    return new OwnFault(
        like.kind(), like.beganAt().plus(by), Optional.empty(), like.targets(), like.reason());
  }

  private List<OwnFault> told() {
    return faults.lately().stream().map(VantageFaults.Fault::fault).toList();
  }

  /** A scanner that says hello has begun a new run. */
  private void hello(UUID spool) {
    execute(
        Sql.of(
                """
                insert into platform.scanners (instance, vantage_point, spool) values (:instance, 'local',
                  :spool)
                on conflict (vantage_point, instance) do update set spool = excluded.spool
                """)
            .bind("instance", new UUID(1, 1))
            .bind("spool", spool));
  }

  private void execute(Sql statement) {
    int _ = database.<Integer>run(connection -> statement.update(connection));
  }

  private void tell(OwnFault fault) {
    database.transaction(
        tx -> {
          VantageFaults.tell(tx.connection(), "local", RUN, List.of(fault), observed, now);
          return true;
        });
  }

  private void clock(Optional<String> wrong, Instant at) {
    database.transaction(
        tx -> {
          VantageFaults.clock(tx.connection(), "local", RUN, wrong, at);
          return true;
        });
  }
}
