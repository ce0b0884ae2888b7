package io.nettrace.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLogIT {
  private static final UUID ACME = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);
  private static final EventLog.Filter ALL =
      new EventLog.Filter(Optional.empty(), Optional.empty());
  private static final OptionalLong NEWEST = OptionalLong.empty();

  private final Database database = SharedPostgres.migratedDatabase();
  private final EventLog log = new EventLog(database);

  @Test
  void theNewestAreListedInTheirOrderAndThenWhatCameAfter() {
    for (int i = 0; i < 5; i++) {
      write(AuditEntry.of(() -> "thing.changed", ACME, "thing").with("no", i));
    }
    List<LoggedEvent> newest = log.list(ALL, NEWEST, 2);
    assertThat(newest).extracting(LoggedEvent::details).containsExactly(no(3), no(4));
    assertThat(newest.getFirst().actor()).isEqualTo("system:test");
    assertThat(newest.getFirst().tenantId()).contains(ACME);

    List<LoggedEvent> first = log.list(ALL, OptionalLong.of(0), 2);
    assertThat(first).extracting(LoggedEvent::details).containsExactly(no(0), no(1));
    assertThat(log.list(ALL, OptionalLong.of(first.getLast().seq()), 10))
        .extracting(LoggedEvent::details)
        .containsExactly(no(2), no(3), no(4));
    assertThat(log.list(ALL, OptionalLong.of(newest.getLast().seq()), 10)).isEmpty();
  }

  @Test
  void oneTenantsAndOneKindCanBeAskedFor() {
    write(AuditEntry.of(() -> "thing.changed", ACME, "a"));
    write(AuditEntry.of(() -> "other.changed", ACME, "b"));
    write(AuditEntry.of(() -> "thing.removed", OTHER, "c"));
    write(AuditEntry.ofInstallation(() -> "tenant.deleted", ACME.toString()));

    assertThat(log.list(new EventLog.Filter(Optional.of(ACME), Optional.empty()), NEWEST, 10))
        .extracting(LoggedEvent::type)
        .as("with what was done to it")
        .containsExactly("thing.changed", "other.changed", "tenant.deleted");
    assertThat(log.list(new EventLog.Filter(Optional.empty(), Optional.of("thing.")), NEWEST, 10))
        .extracting(LoggedEvent::subject)
        .containsExactly("a", "c");
    assertThat(log.list(new EventLog.Filter(Optional.of(OTHER), Optional.of("other")), NEWEST, 10))
        .isEmpty();
  }

  @Test
  void whatIsCommittedLateIsNotPassedOver() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch listed = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Boolean> late =
          thread.submit(
              () ->
                  database.transaction(
                      tx -> {
                        tx.audit(Actors.TEST, AuditEntry.ofInstallation(() -> "a.late", "late"));
                        written.countDown();
                        await(listed);
                        return true;
                      }));
      await(written);
      write(AuditEntry.ofInstallation(() -> "an.early", "early"));
      List<LoggedEvent> meanwhile = log.list(ALL, OptionalLong.of(0), 10);
      listed.countDown();
      assertThat(late.get()).isTrue();
      long seen = meanwhile.isEmpty() ? 0 : meanwhile.getLast().seq();
      assertThat(log.list(ALL, OptionalLong.of(seen), 10))
          .extracting(LoggedEvent::subject)
          .contains("late");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String no(int number) {
    return "{\"no\": \"%d\"}".formatted(number);
  }

  private void write(AuditEntry entry) {
    boolean _ =
        database.transaction(
            tx -> {
              tx.audit(Actors.TEST, entry);
              return true;
            });
  }
}
