package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.TargetKit;
import io.nettrace.platform.Settings;
import io.nettrace.route.EventRange;
import io.nettrace.route.RecordedChange;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.RecordedBurst;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Resolution;
import io.nettrace.tenant.Tenant;
import io.nettrace.testing.Actors;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of deliveries in the schemas of tenants. */
class TenantPartsIT extends TenantIntake {
  @Test
  void eachTenantsPartIsInItsOwnSchemaAndNowhereElse() {
    store(delivery(1, now));
    assertThat(hosts(first)).containsExactly(one.id() + " " + HOST);
    assertThat(hosts(second)).containsExactly(other.id() + " " + HOST);
    for (String table :
        List.of("series", "scan_metrics", "scan_snapshots", "answer_sets", "current_routes")) {
      assertThat(count("catalog." + table + " where target_id = 'nyse'")).as(table).isEqualTo(1);
      assertThat(count("catalog." + table)).as(table).isEqualTo(1);
      assertThat(own(first, table + " where target_id = '" + one.id() + "'")).isEqualTo(1);
      assertThat(own(first, table)).as(table).isEqualTo(1);
    }
    assertThat(count("catalog.bursts")).isEqualTo(1);
    assertThat(record.latest().snapshot().standings())
        .extracting(Standing::targetId)
        .containsExactly("nyse");
    assertThat(count("platform.scan_feed where position('ct-' in encode(content, 'escape')) > 0"))
        .isZero();
    assertThat(burstsOf(first, one)).hasSize(1);
    assertThat(burstsOf(first, other)).isEmpty();
    assertThat(record.history().bursts(selection(one), Optional.empty(), 10)).isEmpty();
    assertThat(log).noneMatch(line -> line.contains(HOST));
  }

  @Test
  void aDeliveryThatComesAgainAddsNothing() {
    store(delivery(1, now));
    store(delivery(1, now));
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(own(first, "scan_metrics")).isEqualTo(1);
    assertThat(own(first, "delivered")).isEqualTo(1);
    assertThat(count("catalog.bursts")).isEqualTo(1);
  }

  @Test
  void killedBetweenTheTenantsPartsAndTheCataloguesNothingIsDoubledOrLost() {
    dies.set(true);
    assertThatThrownBy(() -> deliveries.take(BY, delivery(1, now)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(own(second, "bursts")).isEqualTo(1);
    assertThat(count("catalog.bursts")).isZero();
    assertThat(count("platform.deliveries")).isZero();
    dies.set(false);
    store(delivery(1, now));
    assertThat(own(first, "bursts")).isEqualTo(1);
    assertThat(own(second, "bursts")).isEqualTo(1);
    assertThat(count("catalog.bursts")).isEqualTo(1);
  }

  @Test
  void whatIsNotScheduledIsNotBelieved() {
    assertThat(kit.tenants.suspend(Actors.TEST, first.id())).isTrue();
    TargetKit.tell(scheduled, first);
    store(delivery(1, now));
    assertThat(own(second, "bursts")).isEqualTo(1);
    assertThat(count("platform.deliveries where refused = 3")).isEqualTo(1);
  }

  @Test
  void nowAndLastHourAreReadFromTheTenantsSchema() {
    for (int minute = 0; minute < 5; minute++) {
      store(delivery(1 + minute, now.minusSeconds(60L * (5 - minute))));
    }
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Snapshot standings = record.standings(scheduled, clock).of(first);
    Standing standing = standings.standing(one.id(), FROM).orElseThrow();
    assertThat(standing.reachability()).isEqualTo(Standing.Reachability.REACHABLE);
    assertThat(standing.burst().orElseThrow().observedAt()).isEqualTo(now.minusSeconds(60));
    assertThat(standing.trace()).isPresent();
    assertThat(standing.lastHour().orElseThrow().bursts()).isEqualTo(5);
    assertThat(standing.stale()).isFalse();
    assertThat(standings.standings()).extracting(Standing::targetId).containsExactly(one.id());
    Clock later = Clock.fixed(now.plusSeconds(3600), ZoneOffset.UTC);
    assertThat(
            record
                .standings(scheduled, later)
                .of(first)
                .standing(one.id(), FROM)
                .orElseThrow()
                .stale())
        .isTrue();
  }

  @Test
  void aNameThatLeadsNowhereIsTold() {
    store(delivery(1, now.minusSeconds(60)));
    Resolution failed =
        new Resolution.Failed(one.id(), HOST, now.minusSeconds(1), "127.0.0.1 is loopback");
    store(new Delivery(spool, 2, FROM.name(), true, now, List.of(), List.of(), List.of(failed)));
    Standing standing =
        record
            .standings(scheduled, Clock.fixed(now, ZoneOffset.UTC))
            .of(first)
            .standing(one.id(), FROM)
            .orElseThrow();
    assertThat(standing.reachability()).isEqualTo(Standing.Reachability.UNRESOLVED);
  }

  @Test
  void rollUpsOfATenantsRecordSayTheSameAsItsBurstsAndOutliveThem() {
    Instant day = now.truncatedTo(ChronoUnit.DAYS).minus(DAY.multipliedBy(3));
    for (int hour = 0; hour < 30; hour++) {
      store(delivery(1 + hour, day.plus(Duration.ofHours(hour)).plusSeconds(7)));
    }
    Selection all =
        new Selection(one.id(), FROM.name(), day, day.plus(DAY.multipliedBy(2)))
            .in(new RecordOf.Own(first));
    Aggregate before = record.history().summary(all, Optional.empty()).orElseThrow();
    assertThat(before.bursts()).isEqualTo(30);
    record.ownUpkeep(kit.tenants, Clock.fixed(now, ZoneOffset.UTC)).upkeep();
    assertThat(own(first, "burst_hours")).isEqualTo(30);
    assertThat(own(first, "burst_days")).isEqualTo(2);
    assertThat(own(first, "hours_due") + own(first, "days_due")).isZero();
    assertThat(own(second, "burst_days")).isEqualTo(2);
    assertThat(count("catalog.burst_hours")).isZero();
    Instant later = now.plus(DAY.multipliedBy(40));
    record.ownUpkeep(kit.tenants, Clock.fixed(later, ZoneOffset.UTC)).upkeep();
    assertThat(own(first, "bursts")).isZero();
    Aggregate after = record.history().summary(all, Optional.empty()).orElseThrow();
    assertThat(after.bursts()).isEqualTo(30);
    assertThat(after.meanNanos()).isEqualTo(before.meanNanos());
    var bounded = record.ownUpkeep(kit.tenants, Clock.fixed(later, ZoneOffset.UTC));
    bounded.bound(tenant -> tenant.id().equals(first.id()) ? Optional.of(DAY) : Optional.empty());
    bounded.upkeep();
    assertThat(own(first, "burst_days") + own(first, "scan_metrics") + own(first, "answer_sets"))
        .isZero();
    assertThat(own(second, "burst_days")).isEqualTo(2);
  }

  @Test
  void aTenantWhoseRecordCannotBeKeptInOrderStopsNobody() {
    Instant day = now.truncatedTo(ChronoUnit.DAYS).minus(DAY.multipliedBy(3));
    store(delivery(1, day));
    execute("drop table %s.burst_hours".formatted(first.home().schema()));
    record.ownUpkeep(kit.tenants, Clock.fixed(now, ZoneOffset.UTC)).upkeep();
    assertThat(own(second, "burst_days")).isEqualTo(1);
    assertThat(log).noneMatch(line -> line.contains(HOST));
  }

  @Test
  void aChangeOfRouteIsRecordedForTheTenantAlone() {
    List<String> routers =
        List.of("203.0.113.1", "203.0.113.2", "203.0.113.2", "203.0.113.2", "203.0.113.2");
    for (int i = 0; i < routers.size(); i++) {
      store(delivery(1 + i, now.minusSeconds(60L * (routers.size() - i)), routers.get(i)));
    }
    EventRange all =
        new EventRange(Optional.empty(), Optional.empty(), now.minus(DAY), now.plus(DAY));
    assertThat(routes.changes().list(all.in(new RecordOf.Own(first)), Optional.empty(), 10))
        .extracting(RecordedChange::targetId)
        .containsExactly(one.id());
    assertThat(routes.changes().list(all, Optional.empty(), 10))
        .extracting(RecordedChange::targetId)
        .containsExactly("nyse");
    assertThat(
            routes
                .paths(record.history())
                .at(new RecordOf.Own(first), one.id(), FROM, now)
                .orElseThrow()
                .since())
        .isPresent();
    assertThat(routes.paths(record.history()).at(one.id(), FROM, now)).isEmpty();
    assertThat(count("catalog.route_changes where target_id like 'ct-%'")).isZero();
  }

  @Test
  void oldDeliveryNumbersOfTenantsAreForgotten() {
    store(delivery(1, now));
    new DeliveryNumbers(
            kit.database,
            ScanConfig.from(Settings.of(Map.of())),
            new io.nettrace.platform.Chores(kit.database),
            Clock.fixed(now.plus(DAY.multipliedBy(8)), ZoneOffset.UTC),
            kit.tenants,
            kit.walls)
        .forget();
    assertThat(own(first, "delivered")).isZero();
    store(delivery(1, now));
    assertThat(own(first, "bursts")).as("what may have been stored is not believed").isEqualTo(1);
  }

  private Selection selection(CustomTarget target) {
    return new Selection(target.id(), FROM.name(), now.minus(DAY), now.plus(DAY));
  }

  private List<RecordedBurst> burstsOf(Tenant tenant, CustomTarget target) {
    return record
        .history()
        .bursts(selection(target).in(new RecordOf.Own(tenant)), Optional.empty(), 10);
  }

  private List<String> hosts(Tenant tenant) {
    return kit.walls.transaction(
        tenant,
        tx -> {
          try (Statement statement = tx.connection().createStatement();
              var row =
                  statement.executeQuery("select target_id || ' ' || target_host from series")) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
              found.add(row.getString(1));
            }
            return found;
          }
        });
  }
}
