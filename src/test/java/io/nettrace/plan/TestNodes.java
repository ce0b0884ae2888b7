package io.nettrace.plan;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.json.PlainJson;
import io.nettrace.testing.MovableClock;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Servers on one database, with clocks that a test moves; each reports when the test says so. */
final class TestNodes {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  static final UUID TENANT = new UUID(0x7000, 1);

  final MovableClock clock = new MovableClock(NOON);
  private final Database database;
  private final AtomicLong nanos = new AtomicLong();
  private final List<Signals> buses = new ArrayList<>();

  TestNodes(Database database) {
    this.database = database;
  }

  /** One server. */
  record Node(TenantPlans plans, Quotas quotas, Usage usage) {}

  Node start(Plans catalogue) {
    return start(catalogue, database);
  }

  Node start(Plans catalogue, Database own) {
    Signals bus = new Signals(database);
    TenantPlans plans = new TenantPlans(database, bus, catalogue);
    plans.load(new DatabaseReady());
    bus.begin(new DatabaseReady());
    buses.add(bus);
    Quotas quotas = new Quotas(own, plans, clock, nanos::get);
    return new Node(plans, quotas, new Usage(own, quotas, clock));
  }

  /** Time passes on the clock that says how long ago. */
  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** What was published, in its order. */
  List<QuotaReached> notices() {
    return database.run(
        connection ->
            Sql.of("select body::text from events.events where type = 'quota.reached' order by seq")
                .all(connection, row -> PlainJson.read(row.getString("body"), QuotaReached.class)));
  }

  void stop() {
    buses.forEach(Signals::stop);
  }

  /** granted, used and refused of a tenant's day. */
  List<Long> ledger(LocalDate day) {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select granted, used, refused from platform.usage_days where day = '"
                          + day
                          + "' and tenant_id = '"
                          + TENANT
                          + "'")) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2), row.getLong(3));
          }
        });
  }

  /** Calls until the quota is exhausted; how many were admitted, each answered and counted. */
  static long exhaust(Node node) {
    long admitted = 0;
    while (node.quotas.admit(TENANT) instanceof Admission.Admitted(Ticket ticket)) {
      ticket.done(true);
      admitted++;
    }
    return admitted;
  }

  static void call(Node node, int times) {
    for (int i = 0; i < times; i++) {
      admitted(node).done(true);
    }
  }

  static Ticket admitted(Node node) {
    return ((Admission.Admitted) node.quotas.admit(TENANT)).ticket();
  }
}
