package io.nettrace.tenant;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Two tenants of our own that attack each other every minute in the running service, so that a wall
 * that fell is noticed before a customer is. What they find is in the health check and the metrics
 * of every node.
 */
@Service
public class Canaries {
  public static final UUID FIRST = UUID.fromString("00000000-0000-7000-8000-00000000ca01");
  public static final UUID SECOND = UUID.fromString("00000000-0000-7000-8000-00000000ca02");

  private static final Logger LOG = System.getLogger(Canaries.class.getName());
  private static final Actor CANARY = new Actor.System("canary");
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int LONGEST_DETAIL = 300;
  private static final Sql MARK = Sql.of("insert into marks values (:mark) on conflict do nothing");
  private static final Sql SAVE =
      Sql.of(
          """
          insert into platform.canary_attacks (attack, outcome, detail, tried_at) values (:attack,
            :outcome, :detail, :tried_at)
          on conflict (attack) do update set
            outcome = excluded.outcome, detail = excluded.detail, tried_at = excluded.tried_at
          """);
  private static final Sql FINDINGS =
      Sql.of(
          "select attack, outcome, detail, tried_at from platform.canary_attacks order by attack");

  private final Database database;
  private final Tenants tenants;
  private final TenantDatabase walls;
  private final Cells cells;
  private final Chores chores;
  private final Clock clock;

  /** How the last attack of a kind ended. */
  public record Finding(String attack, boolean withstood, String detail, Instant triedAt) {}

  @Inject
  Canaries(
      Database database,
      Tenants tenants,
      TenantDatabase walls,
      Cells cells,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.walls = walls;
    this.cells = cells;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(EVERY, "canary tenants attack each other", this::attack);
  }

  /** Both ways. */
  void attack() {
    Tenant first = canary(FIRST, "canary-first");
    Tenant second = canary(SECOND, "canary-second");
    mark(first);
    CanaryAttacks attacks = new CanaryAttacks(walls, cells);
    attacks.attack(second, first).forEach(this::report);
  }

  /** Also for attacks at other doors than the database's. */
  public void report(String attack, boolean withstood, String detail) {
    if (!withstood) {
      LOG.log(Level.ERROR, "a wall between tenants has a hole: {0} ({1})", attack, detail);
    }
    int _ =
        database.run(
            SAVE.bind("attack", attack)
                    .bind("outcome", withstood ? "WITHSTOOD" : "BREACHED")
                    .bind("detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)))
                    .bind("tried_at", clock.instant())
                ::update);
  }

  /** How the attacks ended, whichever node tried them. */
  public List<Finding> findings() {
    return database.run(
        connection ->
            FINDINGS.all(
                connection,
                row ->
                    new Finding(
                        row.getString("attack"),
                        row.getString("outcome").equals("WITHSTOOD"),
                        row.getString("detail"),
                        Columns.time(row, "tried_at"))));
  }

  private void report(CanaryAttacks.Result result) {
    switch (result.outcome()) {
      case CanaryAttacks.Outcome.Withstood(String how) -> report(result.attack(), true, how);
      case CanaryAttacks.Outcome.Breached(String how) -> report(result.attack(), false, how);
    }
  }

  /** Each has a login of its own, as tenants have who pay for it. */
  private Tenant canary(UUID id, String slug) {
    Tenant canary =
        tenants
            .find(id)
            .orElseGet(() -> tenants.ensure(CANARY, id, slug, "Canary", TenantKind.CANARY));
    return tenants.isolate(CANARY, id).orElse(canary);
  }

  private void mark(Tenant tenant) {
    int _ =
        walls.transaction(
            tenant,
            tx -> MARK.bind("mark", "this belongs to the first canary").update(tx.connection()));
  }
}
