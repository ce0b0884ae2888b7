package io.nettrace.scan;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Forgets the numbers of deliveries whose measurements would be refused for their age if they came
 * again: only those numbers still keep anything from being stored twice. How far it went stands in
 * the database, because another node or tomorrow's setting may accept older measurements.
 */
@Service
public class DeliveryNumbers {
  private static final Duration PERIOD = Duration.ofHours(1);

  /** A measurement may lie ahead of our clock by what {@link Plausibility} tolerates. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /** Few enough that a transaction is short. */
  private static final int BATCH = 10_000;

  private static final Sql RAISE =
      Sql.of(
          """
          update platform.delivery_horizon
          set measured_before = greatest(measured_before, :accepted)
          """);

  private static final Sql FORGET =
      Sql.of(
          """
          delete from platform.deliveries where ctid = any (array(
            select ctid from platform.deliveries where stored_at < :oldest limit :most
            for update skip locked))
          """);

  private static final Sql FORGET_OWN = Sql.of("delete from delivered where stored_at < :oldest");

  private final Database database;
  private final ScanConfig config;
  private final Chores chores;
  private final Clock clock;
  private final Tenants tenants;
  private final TenantDatabase walls;

  @Inject
  DeliveryNumbers(
      Database database,
      ScanConfig config,
      Chores chores,
      Clock clock,
      Tenants tenants,
      TenantDatabase walls) {
    this.tenants = tenants;
    this.walls = walls;
    this.database = database;
    this.config = config;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(PERIOD, "forgetting old delivery numbers", this::forget);
  }

  void forget() {
    Instant accepted = clock.instant().minus(config.oldestAccepted());
    raiseHorizon(accepted);
    Instant oldest = accepted.minus(MARGIN);
    while (forgetSome(oldest) == BATCH) {
      // more of them may be left
    }
    Set<UUID> parked = database.run(ParkedStore::tenants);
    EachTenant.withSchema(tenants, "delivery numbers are not forgotten")
        .forEach(tenant -> forgetOwn(tenant, parked, oldest));
  }

  /** A parked part may have been stored before, by a delivery that failed afterwards. */
  private void forgetOwn(Tenant tenant, Set<UUID> parked, Instant oldest) {
    if (!parked.contains(tenant.id())) {
      int _ =
          walls.transaction(
              tenant, tx -> FORGET_OWN.bind("oldest", oldest).update(tx.connection()));
    }
  }

  /**
   * First, so that nothing whose number is forgotten is believed when a setting is raised later.
   */
  private void raiseHorizon(Instant accepted) {
    database.run(connection -> RAISE.bind("accepted", accepted).update(connection));
  }

  private int forgetSome(Instant oldest) {
    return database.run(
        connection -> FORGET.bind("oldest", oldest).bind("most", BATCH).update(connection));
  }
}
