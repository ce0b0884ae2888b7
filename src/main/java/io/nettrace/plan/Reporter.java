package io.nettrace.plan;

import io.nettrace.plan.UsageReport.Entry;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Database;
import io.nettrace.platform.Tx;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Tells the ledger what this node's tenants used, one report after the other. A report that may or
 * may not have arrived is told again under its number, and the ledger books each number once.
 */
final class Reporter {
  private static final int[] PERCENTS = {75, 90, 100};

  private static final Actor METER = new Actor.System("quota");

  private final Database database;
  private final UUID node;
  private Optional<UsageReport> unconfirmed = Optional.empty();
  private long lastNumber;

  Reporter(Database database, UUID node) {
    this.database = database;
    this.node = node;
  }

  /** Tells what {@code collect} adds to a new report, after what was not confirmed yet. */
  synchronized void report(Consumer<UsageReport> collect) {
    unconfirmed.ifPresent(this::tell);
    UsageReport report = new UsageReport(lastNumber + 1);
    collect.accept(report);
    if (!report.entries().isEmpty()) {
      lastNumber = report.number();
      unconfirmed = Optional.of(report);
      tell(report);
    }
  }

  private void tell(UsageReport report) {
    Map<Ledger.Key, Long> booked = database.transaction(tx -> book(tx, report));
    unconfirmed = Optional.empty();
    for (Entry entry : report.entries()) {
      long used = booked.getOrDefault(key(entry), 0L);
      entry.meter().booked(entry, used, reached(entry.plan(), used));
    }
  }

  /** What all nodes have used by now, of the days that were booked. */
  private Map<Ledger.Key, Long> book(Tx tx, UsageReport report) throws SQLException {
    if (!Ledger.isNew(tx.connection(), node, report.number())) {
      return Map.of();
    }
    Map<Ledger.Key, Long> used = Ledger.book(tx.connection(), report.entries());
    List<QuotaReached> due = new ArrayList<>();
    for (Entry entry : report.entries()) {
      addDue(due, entry, used.getOrDefault(key(entry), 0L));
    }
    for (QuotaReached first : Ledger.notice(tx.connection(), due)) {
      tx.publish(METER, first);
    }
    return used;
  }

  private static void addDue(List<QuotaReached> due, Entry entry, long used) {
    int reached = reached(entry.plan(), used) & ~entry.noticed();
    for (int i = 0; i < PERCENTS.length; i++) {
      if ((reached & 1 << i) != 0) {
        due.add(
            new QuotaReached(
                entry.meter().tenantId,
                LocalDate.ofEpochDay(entry.share().day),
                PERCENTS[i],
                used,
                entry.plan().callsPerDay()));
      }
    }
  }

  /** One bit for each percentage that is reached. */
  private static int reached(Plan plan, long used) {
    int bits = 0;
    for (int i = 0; i < PERCENTS.length; i++) {
      if (used >= Math.ceilDiv(plan.callsPerDay() * PERCENTS[i], 100)) {
        bits |= 1 << i;
      }
    }
    return bits;
  }

  private static Ledger.Key key(Entry entry) {
    return new Ledger.Key(entry.meter().tenantId, entry.share().day);
  }
}
