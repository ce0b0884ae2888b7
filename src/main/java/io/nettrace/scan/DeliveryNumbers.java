package io.nettrace.scan;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

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

  private static final String RAISE =
      "update platform.delivery_horizon set measured_before = greatest(measured_before, ?)";

  private static final String FORGET =
      """
      delete from platform.deliveries where ctid = any (array(
        select ctid from platform.deliveries where stored_at < ? limit ?
        for update skip locked))
      """;

  private static final String FORGET_OWN = "delete from delivered where stored_at < ?";

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
    EachTenant.withSchema(tenants, "delivery numbers are not forgotten")
        .forEach(tenant -> walls.transaction(tenant, tx -> forgetOwn(tx.connection(), oldest)));
  }

  private static int forgetOwn(Connection transaction, Instant oldest) throws SQLException {
    try (PreparedStatement delete = transaction.prepareStatement(FORGET_OWN)) {
      delete.setObject(1, oldest.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate();
    }
  }

  /**
   * First, so that nothing whose number is forgotten is believed when a setting is raised later.
   */
  private void raiseHorizon(Instant accepted) {
    database.run(
        connection -> {
          try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            raise.setObject(1, accepted.atOffset(ZoneOffset.UTC));
            return raise.executeUpdate();
          }
        });
  }

  private int forgetSome(Instant oldest) {
    return database.run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, oldest.atOffset(ZoneOffset.UTC));
            delete.setInt(2, BATCH);
            return delete.executeUpdate();
          }
        });
  }
}
