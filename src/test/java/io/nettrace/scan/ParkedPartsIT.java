package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Settings;
import io.nettrace.platform.job.DueJobs;
import io.nettrace.platform.job.JobState;
import io.nettrace.tenant.Tenant;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of deliveries whose tenant's schema is behind, locked, broken or away. */
class ParkedPartsIT extends TenantIntake {
  private static final Duration LIMIT = Duration.ofDays(7);

  @Test
  void aPartThatItsSchemaDoesNotTakeIsParkedAndStopsNoOther() {
    breakSchema(first);
    store(delivery(1, now));
    assertThat(own(first, "delivered")).isZero();
    assertThat(own(second, "bursts")).isEqualTo(1);
    assertThat(count("catalog.bursts")).isEqualTo(1);
    assertThat(counters.leftOut()).isZero();
    assertThat(parked.byTenant())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.tenantId()).isEqualTo(first.id());
              assertThat(one.measurements()).isEqualTo(3);
              assertThat(one.oldest()).isEqualTo(now);
              assertThat(one.reason()).isEqualTo("SQLSTATE 42P01");
            });
    assertThat(log)
        .anyMatch(line -> line.contains(first.id().toString()) && line.contains("42P01"))
        .noneMatch(line -> line.contains(HOST));

    mendSchema(first);
    drain();
    assertStoredLikeTheOther(1);
  }

  @Test
  void whileEarlierPartsWaitLaterOnesWaitBehindThem() {
    fallBehind(first);
    store(delivery(1, now.minusSeconds(120), "203.0.113.1"));
    store(delivery(2, now.minusSeconds(60), "203.0.113.2"));
    migrateOnAnotherNode(first);
    store(delivery(3, now, "203.0.113.2"));
    assertThat(own(first, "delivered")).isZero();
    assertThat(parked.byTenant()).extracting(ParkedOfTenant::parts).containsExactly(3L);

    drain();
    assertStoredLikeTheOther(3);
    store(delivery(4, now));
    assertThat(own(first, "bursts")).as("straight into the record").isEqualTo(4);
    assertThat(count("platform.dead_jobs")).isZero();
  }

  @Test
  void aLockedSchemaTakesItsPartsOnceItIsFree() {
    kit.asOwner(
        "lock table %s.bursts in access exclusive mode".formatted(first.home().schema()),
        () -> {
          store(delivery(1, now.minusSeconds(1)));
          store(delivery(2, now));
          assertThat(parked.byTenant())
              .extracting(ParkedOfTenant::reason)
              .containsExactly("SQLSTATE 55P03");
        });
    drain();
    assertStoredLikeTheOther(2);
  }

  @Test
  void aTenantWhoseDatabaseIsAwayDoesNotRefuseTheDelivery() {
    away.add(first.id());
    store(delivery(1, now));
    assertThat(own(second, "bursts")).isEqualTo(1);
    assertThat(parked.byTenant()).extracting(ParkedOfTenant::parts).containsExactly(1L);
    away.clear();
    drain();
    assertStoredLikeTheOther(1);
  }

  @Test
  void aDeliveryThatComesAgainAddsNothing() {
    fallBehind(first);
    store(delivery(1, now));
    store(delivery(1, now));
    assertThat(parked.byTenant()).extracting(ParkedOfTenant::measurements).containsExactly(3L);
    migrateOnAnotherNode(first);
    drain();
    store(delivery(1, now));
    assertStoredLikeTheOther(1);
  }

  @Test
  void aPartThatWasStoredBeforeItsDeliveryFailedIsNotStoredAgainWhenItWasParked() {
    dies.set(true);
    assertThatThrownBy(() -> deliveries.take(BY, delivery(1, now)))
        .isInstanceOf(IllegalStateException.class);
    dies.set(false);
    fallBehind(first);
    store(delivery(1, now));
    assertThat(parked.byTenant()).hasSize(1);
    migrateOnAnotherNode(first);
    clock.advance(LIMIT.plusHours(2));
    new DeliveryNumbers(
            kit.database,
            ScanConfig.from(Settings.of(Map.of())),
            new Chores(kit.database),
            clock,
            kit.tenants,
            kit.walls)
        .forget();
    drain();
    assertThat(own(first, "bursts")).isEqualTo(1);
  }

  @Test
  void aDrainThatIsKilledBetweenItsCommitsStoresNothingTwice() {
    fallBehind(first);
    store(delivery(1, now));
    migrateOnAnotherNode(first);
    run(
        "create function platform.killed() returns trigger language plpgsql as"
            + " $$ begin raise exception 'killed'; end $$");
    run(
        "create trigger killed before delete on platform.parked_parts"
            + " for each row execute function platform.killed()");
    drain();
    assertThat(own(first, "bursts")).as("the first commit").isEqualTo(1);
    assertThat(parked.byTenant()).as("not the second").hasSize(1);
    run("drop trigger killed on platform.parked_parts");
    clock.advance(Duration.ofMinutes(1));
    drain();
    assertStoredLikeTheOther(1);
  }

  @Test
  void aPartThatIsAtFaultItselfDoesNotHoldUpThoseAfterIt() {
    fallBehind(first);
    store(delivery(1, now.minusSeconds(60)));
    run("update platform.parked_parts set content = '\\x00'");
    store(delivery(2, now));
    migrateOnAnotherNode(first);
    drain();
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(parked.byTenant())
        .extracting(ParkedOfTenant::parts, ParkedOfTenant::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "it cannot be read by this release"));
  }

  @Test
  void howeverLongASchemaIsBehindItsJobIsNotGivenUp() {
    fallBehind(first);
    store(delivery(1, now));
    for (int minute = 0; minute < 30; minute++) {
      drain();
      clock.advance(ParkedParts.LONGEST_PAUSE);
    }
    assertThat(jobs.list(Optional.of("scan.unpark"), Optional.empty(), 10))
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.state()).isEqualTo(JobState.WAITING);
              assertThat(job.attempts()).isZero();
            });
    migrateOnAnotherNode(first);
    drain();
    assertStoredLikeTheOther(1);
  }

  @Test
  void aJobThatAnOperatorDroppedIsEnqueuedAgain() {
    fallBehind(first);
    store(delivery(1, now));
    migrateOnAnotherNode(first);
    run("delete from platform.jobs");
    parked.resume();
    clock.advance(ParkedParts.LONGEST_PAUSE);
    drain();
    assertStoredLikeTheOther(1);
    drain();
    assertThat(count("platform.jobs")).isZero();
  }

  @Test
  void whatWaitsForLongerThanMeasurementsMayBeOldIsDroppedAndTold() {
    fallBehind(first);
    store(delivery(1, now));
    clock.advance(LIMIT);
    parked.expire();
    assertThat(parked.byTenant()).hasSize(1);
    assertThat(counters.leftOut()).isZero();
    clock.advance(Duration.ofSeconds(1));
    parked.expire();
    assertThat(parked.byTenant()).isEmpty();
    assertThat(counters.leftOut()).isEqualTo(3);
    assertThat(log)
        .anyMatch(line -> line.contains("3 measurements of tenant " + first.id() + " are lost"));
  }

  @Test
  void beyondItsBoundATenantsNewestPartsAreLostAndTheEarlierOnesKept() {
    fallBehind(first);
    store(delivery(1, now.minusSeconds(60)));
    run("update platform.parked_parts set bytes = 67108864");
    store(delivery(2, now.minusSeconds(30)));
    store(delivery(3, now));
    assertThat(counters.leftOut()).isEqualTo(6);
    assertThat(log).filteredOn(line -> line.contains("are lost from now on")).hasSize(1);
    migrateOnAnotherNode(first);
    drain();
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(own(second, "bursts")).isEqualTo(3);
  }

  @Test
  void parkedPartsAreForgottenWithTheirTenant() {
    fallBehind(first);
    fallBehind(second);
    store(delivery(1, now));
    kit.database.transaction(
        tx -> {
          parked.forget(tx, first.id());
          return true;
        });
    assertThat(parked.byTenant()).extracting(ParkedOfTenant::tenantId).containsExactly(second.id());
  }

  private void drain() {
    clock.advance(ParkedParts.FIRST_PAUSE);
    int _ = DueJobs.run(jobs);
  }

  /** Another schema of the same deliveries was there all the time. */
  private void assertStoredLikeTheOther(int deliveries) {
    assertThat(parked.byTenant()).isEmpty();
    assertThat(own(first, "delivered")).isEqualTo(deliveries);
    assertThat(own(first, "bursts")).isEqualTo(deliveries);
    for (String table : List.of("bursts", "scan_metrics", "scan_snapshots", "answer_sets")) {
      assertThat(rows(first, table)).as(table).isEqualTo(rows(second, table));
    }
    assertThat(own(first, "current_routes")).isEqualTo(1);
    assertThat(own(first, "route_changes")).isEqualTo(own(second, "route_changes"));
    assertThat(counters.leftOut()).isZero();
  }

  /** All that does not differ by the target and the moment of storing. */
  private List<String> rows(Tenant tenant, String table) {
    String sql =
        "select (to_jsonb(t) - 'target_id' - 'known_at' - 'series')::text from %s t order by observed_at"
            .formatted(table);
    return kit.walls.transaction(
        tenant,
        tx -> {
          try (Statement statement = tx.connection().createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
              found.add(row.getString(1));
            }
            return found;
          }
        });
  }

  private void breakSchema(Tenant tenant) {
    execute("alter table %s.bursts rename to hidden".formatted(tenant.home().schema()));
  }

  private void mendSchema(Tenant tenant) {
    execute("alter table %s.hidden rename to bursts".formatted(tenant.home().schema()));
  }

  private void fallBehind(Tenant tenant) {
    version(tenant, "version - 1");
    var _ = kit.tenants.refresh(tenant.id());
  }

  private void migrateOnAnotherNode(Tenant tenant) {
    version(tenant, "version + 1");
  }

  private void version(Tenant tenant, String value) {
    run(
        "update platform.tenant_schemas set version = %s where tenant_id = '%s'"
            .formatted(value, tenant.id()));
  }

  private void run(String sql) {
    boolean _ =
        kit.database.run(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }
}
