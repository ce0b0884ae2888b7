package io.nettrace.route;

import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.Records;
import io.nettrace.sample.Selection;
import io.nettrace.scan.EachTenant;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says of each change of route what it did to delay, loss and ipdv: the bursts to the same address
 * before it and after it, up to its neighbours in time. Done once enough bursts were seen after it,
 * and kept with the change, because bursts are forgotten sooner than changes.
 */
@Service
public class ChangeEffects {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
  private static final Duration LOOK_AT_TENANTS_EVERY = Duration.ofMinutes(2);
  private static final Duration REACH = Duration.ofMinutes(10);

  /** So many bursts after a change are enough before its reach has passed. */
  private static final int ENOUGH = 10;

  /** Bursts reach the record a little late. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What is older and still has no effect will have none: its bursts never came. */
  private static final Duration OLDEST = Duration.ofDays(2);

  private static final int MOST_AT_ONCE = 500;

  private static final Sql OPEN =
      Sql.of(
          """
          select target_id, vantage_point, observed_at, method, host(address) as address,
            (select max(p.observed_at) from route_changes p
              where p.target_id = c.target_id and p.vantage_point = c.vantage_point
                and p.method = c.method and p.address = c.address
                and p.observed_at < c.observed_at
                and p.observed_at >= c.observed_at - interval '1 day') as previous,
            (select min(n.observed_at) from route_changes n
              where n.target_id = c.target_id and n.vantage_point = c.vantage_point
                and n.method = c.method and n.address = c.address
                and n.observed_at > c.observed_at) as next
          from route_changes c
          where effect_known_at is null and observed_at >= :oldest
          order by observed_at limit :most
          """);

  private static final Sql SAVE =
      Sql.of(
          """
          update route_changes set
            effect_known_at = :known_at, effect_reach = :reach_seconds * interval '1 second',
            bursts_before = :bursts_before, sent_before = :sent_before,
            received_before = :received_before, p50_before = :p50_before,
            ipdv_before = :ipdv_before,
            bursts_after = :bursts_after, sent_after = :sent_after,
            received_after = :received_after, p50_after = :p50_after, ipdv_after = :ipdv_after
          where target_id = :target_id and vantage_point = :vantage_point
            and observed_at = :observed_at and method = :method and address = :address::inet
            and effect_known_at is null
          """);

  private record Change(
      String targetId,
      String vantagePoint,
      Instant observedAt,
      Protocol method,
      InetAddress address,
      Optional<Instant> previous,
      Optional<Instant> next) {

    Instant start() {
      Instant start = observedAt.minus(REACH);
      return previous.filter(p -> p.isAfter(start)).orElse(start);
    }

    Instant end() {
      Instant end = observedAt.plus(REACH);
      return next.filter(n -> n.isBefore(end)).orElse(end);
    }
  }

  private final Records records;
  private final History history;
  private final Tenants tenants;
  private final Chores chores;
  private final Clock clock;

  @Inject
  ChangeEffects(Records records, History history, Tenants tenants, Chores chores, Clock clock) {
    this.records = records;
    this.history = history;
    this.tenants = tenants;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(LOOK_EVERY, "judging the effect of route changes", this::look);
    chores.every(
        LOOK_AT_TENANTS_EVERY, "judging the effect of tenants' route changes", this::lookAtTenants);
  }

  /** Fills in what can be said by now. May be killed anywhere and done by several at once. */
  void look() {
    look(RecordOf.CATALOGUE);
  }

  /** Tenant by tenant; one whose schema fails does not stop the rest. */
  void lookAtTenants() {
    EachTenant.served(tenants, "its route changes are not judged")
        .forEach(tenant -> look(new RecordOf.Own(tenant)));
  }

  private void look(RecordOf whose) {
    Instant now = clock.instant();
    for (Change change : records.run(whose, connection -> open(connection, now))) {
      List<BurstSample> after = bursts(whose, change, change.observedAt(), change.end());
      boolean over = now.isAfter(change.end().plus(PATIENCE));
      if (after.size() >= ENOUGH || over) {
        List<BurstSample> before = bursts(whose, change, change.start(), change.observedAt());
        save(whose, change, before, after, now);
      }
    }
  }

  private static List<Change> open(Connection connection, Instant now) throws SQLException {
    return OPEN.bind("oldest", now.minus(OLDEST))
        .bind("most", MOST_AT_ONCE)
        .all(
            connection,
            row ->
                new Change(
                    row.getString("target_id"),
                    row.getString("vantage_point"),
                    Columns.time(row, "observed_at"),
                    Columns.constant(row, "method", Protocol.class),
                    InetAddress.ofLiteral(row.getString("address")),
                    Columns.optionalTime(row, "previous"),
                    Columns.optionalTime(row, "next")));
  }

  private List<BurstSample> bursts(RecordOf whose, Change change, Instant start, Instant end) {
    List<BurstSample> bursts = new ArrayList<>();
    history.stream(
        new Selection(change.targetId(), change.vantagePoint(), start, end).in(whose),
        burst -> {
          if (burst.method() == change.method() && burst.address().equals(change.address())) {
            bursts.add(burst);
          }
        });
    return bursts;
  }

  private void save(
      RecordOf whose,
      Change change,
      List<BurstSample> before,
      List<BurstSample> after,
      Instant now) {
    Sql update =
        SAVE.bind("known_at", now)
            .bind("reach_seconds", REACH.toSeconds())
            .bind("target_id", change.targetId())
            .bind("vantage_point", change.vantagePoint())
            .bind("observed_at", change.observedAt())
            .bind("method", change.method())
            .bind("address", change.address().getHostAddress());
    Sql whole = window(window(update, "before", window(before)), "after", window(after));
    records.run(whose, whole::update);
  }

  private static BurstWindow window(List<BurstSample> bursts) {
    long[] medians =
        bursts.stream()
            .flatMap(burst -> burst.delays().stream())
            .mapToLong(DelaySummary::p50Nanos)
            .sorted()
            .toArray();
    return new BurstWindow(
        bursts.size(),
        bursts.stream().mapToLong(BurstSample::sent).sum(),
        bursts.stream().mapToLong(BurstSample::received).sum(),
        medians.length == 0
            ? OptionalLong.empty()
            : OptionalLong.of(medians[(medians.length - 1) / 2]),
        ipdv(bursts));
  }

  private static OptionalLong ipdv(List<BurstSample> bursts) {
    double sum = 0;
    long answers = 0;
    for (BurstSample burst : bursts) {
      OptionalLong ipdv = burst.delays().map(DelaySummary::ipdvNanos).orElse(OptionalLong.empty());
      if (ipdv.isPresent()) {
        sum += (double) ipdv.getAsLong() * burst.received();
        answers += burst.received();
      }
    }
    return answers == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(sum / answers));
  }

  private static Sql window(Sql update, String side, BurstWindow window) {
    return update
        .bind("bursts_" + side, window.bursts())
        .bind("sent_" + side, window.sent())
        .bind("received_" + side, window.received())
        .bind("p50_" + side, window.rttNanosP50())
        .bind("ipdv_" + side, window.ipdvNanos());
  }
}
