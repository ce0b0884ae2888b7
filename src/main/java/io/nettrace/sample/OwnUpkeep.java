package io.nettrace.sample;

import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scan.EachTenant;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps tenants' records in order: rolls up what is due and deletes what is older than it is to be
 * kept, tenant by tenant. Each step is a transaction that leaves the record right.
 */
@Service
public class OwnUpkeep {
  private static final Duration EVERY = Duration.ofMinutes(10);

  /** Few enough that a transaction is short. */
  private static final int BATCH = 10_000;

  private final Records records;
  private final Tenants tenants;
  private final RetentionConfig retention;
  private final RollUps rollUps = RollUps.unpartitioned();
  private final Chores chores;
  private final Clock clock;
  private volatile Function<Tenant, Optional<Duration>> longest = _ -> Optional.empty();

  /** A table, the column that dates its rows, and how long they are kept; empty is for ever. */
  private record Kept(String table, String column, Optional<Duration> kept) {}

  @Inject
  OwnUpkeep(
      Records records, Tenants tenants, RetentionConfig retention, Chores chores, Clock clock) {
    this.records = records;
    this.tenants = tenants;
    this.retention = retention;
    this.chores = chores;
    this.clock = clock;
  }

  void start(@Observes DatabaseReady ready) {
    chores.every(EVERY, "upkeep of tenants' records", this::upkeep);
  }

  /** How long a tenant's record may reach back at most; empty for as long as the catalogue's. */
  public void bound(Function<Tenant, Optional<Duration>> bound) {
    longest = bound;
  }

  /** Does all that is due for every tenant. */
  public void upkeep() {
    EachTenant.withSchema(tenants, "its record is not kept in order").forEach(this::upkeep);
  }

  private void upkeep(Tenant tenant) {
    RecordOf whose = new RecordOf.Own(tenant);
    Instant now = clock.instant();
    while (alone(whose, tx -> rollUps.hours(tx, now))) {}
    while (alone(whose, tx -> rollUps.days(tx, now))) {}
    for (Kept each : kept(longest.apply(tenant))) {
      each.kept().ifPresent(kept -> delete(whose, each, now.minus(kept)));
    }
  }

  private interface Step {
    boolean run(Connection transaction) throws SQLException;
  }

  private boolean alone(RecordOf whose, Step step) {
    return records.transaction(
        whose,
        tx -> {
          Records.keepReadersOut(tx.connection());
          return step.run(tx.connection());
        });
  }

  private void delete(RecordOf whose, Kept what, Instant before) {
    Sql delete =
        Sql.of(
                """
                delete from %1$s where ctid = any (array(
                  select ctid from %1$s where %2$s < :before limit :most))
                """
                    .formatted(what.table(), what.column()))
            .bind("before", before)
            .bind("most", BATCH);
    int deleted = BATCH;
    while (deleted == BATCH) {
      deleted = records.transaction(whose, tx -> delete.update(tx.connection()));
    }
  }

  private List<Kept> kept(Optional<Duration> bound) {
    return List.of(
        new Kept("bursts", "observed_at", shorter(retention.bursts(), bound)),
        new Kept("corrections", "observed_at", shorter(retention.bursts(), bound)),
        new Kept("burst_hours", "hour", shorter(retention.hours(), bound)),
        new Kept("burst_days", "day", shorter(retention.days(), bound)),
        new Kept("scan_metrics", "observed_at", shorter(retention.traces(), bound)),
        new Kept("scan_snapshots", "observed_at", shorter(retention.snapshots(), bound)),
        new Kept("late_arrivals", "known_at", shorter(retention.measurements(), bound)),
        new Kept("answer_sets", "observed_at", bound),
        new Kept("edge_moves", "observed_at", bound),
        new Kept("route_changes", "observed_at", bound));
  }

  private static Optional<Duration> shorter(Duration usual, Optional<Duration> bound) {
    return Optional.of(bound.filter(b -> b.compareTo(usual) < 0).orElse(usual));
  }
}
