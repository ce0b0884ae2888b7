package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
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
  void aClockThatStaysFastIsOneFaultUntilItIsRight() {
    clock(true);
    clock(true);
    assertThat(faults.lately()).hasSize(1);
    assertThat(faults.lately().getFirst().fault().kind()).isEqualTo(OwnFault.Kind.CLOCK);
    assertThat(faults.lately().getFirst().hidesTargets()).isFalse();
    clock(false);
    assertThat(faults.lately().getFirst().fault().endedAt()).isPresent();
  }

  private void tell(OwnFault fault) {
    database.transaction(
        tx -> {
          VantageFaults.tell(tx, "local", RUN, List.of(fault), now);
          return true;
        });
  }

  private void clock(boolean fast) {
    database.transaction(
        tx -> {
          VantageFaults.clock(tx, "local", RUN, fast, Instant.now());
          return true;
        });
  }
}
