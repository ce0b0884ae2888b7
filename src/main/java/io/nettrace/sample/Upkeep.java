package io.nettrace.sample;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.Tx;
import io.nettrace.sample.Partitions.Partition;
import io.nettrace.scan.VantageFaults;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Keeps the record in order: makes partitions ahead, rolls up what is due, drops what is older than
 * it is to be kept. Each step is a transaction that leaves the record right, so that upkeep may end
 * anywhere and begins again where it ended.
 */
@Service
public class Upkeep {
  private static final Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final long LOCK = 0x75706b656570L; // "upkeep"
  private static final Sql TRY_LOCK = Sql.of("select pg_try_advisory_xact_lock(:lock) as alone");

  private final Database database;
  private final RetentionConfig retention;
  private final Partitions partitions;
  private final RollUps rollUps;
  private final Chores chores;
  private final Clock clock;

  @Inject
  Upkeep(
      Database database,
      RetentionConfig retention,
      Partitions partitions,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.retention = retention;
    this.partitions = partitions;
    this.rollUps = RollUps.into(partitions);
    this.chores = chores;
    this.clock = clock;
  }

  /** Before any delivery can come. */
  void start(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    prepareAhead();
    chores.every(EVERY, "upkeep of the record", this::upkeep);
  }

  private void prepareAhead() {
    partitions.confirm(
        database.transaction(tx -> partitions.prepareAhead(tx.connection(), clock.instant())));
  }

  /** Does all that is due. May be ended anywhere, and run by several nodes at once. */
  public void upkeep() {
    prepareAhead();
    Instant now = clock.instant();
    while (alone(tx -> rollUps.hours(tx.connection(), now))) {}
    while (alone(tx -> rollUps.days(tx.connection(), now))) {}
    retention.byTable().forEach((series, kept) -> drop(series, now.minus(kept)));
    Instant oldest = now.minus(retention.measurements());
    int _ = database.<Integer>run(c -> Arrivals.forget(c, oldest));
    while (alone(tx -> VantageFaults.forget(tx, oldest))) {}
  }

  private interface Step {
    boolean run(Tx tx) throws SQLException;
  }

  /** Nothing is done, and false returned, while another node is at it. */
  private boolean alone(Step step) {
    return database.transaction(tx -> isAlone(tx.connection()) && step.run(tx));
  }

  private static boolean isAlone(Connection transaction) throws SQLException {
    return TRY_LOCK
        .bind("lock", LOCK)
        .first(transaction, row -> row.getBoolean("alone"))
        .orElseThrow();
  }

  private void drop(Partitions.Series series, Instant oldest) {
    for (Partition old : database.run(c -> Partitions.endedBy(c, series, oldest))) {
      if (alone(tx -> dropIfRolledUp(tx.connection(), old))) {
        LOG.log(Level.INFO, "{0} was older than it is kept and was dropped", old.name());
      }
    }
  }

  private boolean dropIfRolledUp(Connection transaction, Partition old) throws SQLException {
    Map<Partitions.Series, Due> rolledUpBy =
        Map.of(Partitions.Series.BURSTS, Due.HOURS, Partitions.Series.BURST_HOURS, Due.DAYS);
    Due due = rolledUpBy.get(old.series());
    if (due != null && due.any(transaction, old.start(), old.end())) {
      return false;
    }
    partitions.drop(transaction, old);
    return true;
  }
}
