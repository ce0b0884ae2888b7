package io.nettrace.plan;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Signals;
import io.nettrace.testing.Rounds;
import io.nettrace.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What it costs to admit a call and to count it, with 1,000 tenants whose slices and bursts have
 * room, reports going to PostgreSQL every second; and what a tenant costs in memory.
 */
public final class QuotaBenchmark {
  private static final int TENANTS = 1_000;
  private static final int TENANTS_IN_MEMORY = 20_000;
  private static final Plans PLANS =
      new Plans(
          "benchmark.json",
          """
          {"plans": [
            {"name": "wide", "title": "Wide", "cents_per_month": 0, "calls_per_day": 1000000000,
             "unlimited": false, "requests_per_second": 1000000, "burst": 1000000,
             "concurrent_requests": 1000, "history": "24h", "adds": [], "custom_targets": 0,
             "fastest_interval_seconds": 60, "packets_per_minute": 0, "keys": 1, "members": 1}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  private QuotaBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    memory();
    time();
  }

  private static void time() throws Exception {
    try (HikariDataSource pool = pool()) {
      Quotas quotas = quotas(new Database(() -> pool), System::nanoTime);
      quotas.begin(new DatabaseReady());
      UUID[] tenants = new UUID[TENANTS];
      for (int i = 0; i < TENANTS; i++) {
        tenants[i] = new UUID(0x7000, i);
        call(quotas, tenants[i]);
      }
      Rounds.print("admit and done, 1,000 tenants", 1, () -> call(quotas, any(tenants)));
      Rounds.print("the same, two threads", 2, () -> call(quotas, any(tenants)));
      Rounds.print("what the header says", 1, () -> quotas.state(any(tenants)).remaining() > 0);
      quotas.stop();
    }
  }

  private static UUID any(UUID[] tenants) {
    return tenants[ThreadLocalRandom.current().nextInt(TENANTS)];
  }

  private static boolean call(Quotas quotas, UUID tenant) {
    if (quotas.admit(tenant) instanceof Admission.Admitted(Ticket ticket)) {
      ticket.done(true);
      return true;
    }
    return false;
  }

  private static void memory() {
    AtomicLong nanos = new AtomicLong();
    try (HikariDataSource pool = pool()) {
      Quotas quotas = quotas(new Database(() -> pool), nanos::get);
      call(quotas, new UUID(1, 0));
      quotas.flush();
      long before = heap();
      for (int i = 0; i < TENANTS_IN_MEMORY; i++) {
        call(quotas, new UUID(0x7000, i));
      }
      quotas.flush();
      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
      quotas.flush();
      quotas.flush();
      print("tenant that called within the last minute", heap() - before);
      nanos.addAndGet(Duration.ofMinutes(2).toNanos());
      quotas.flush();
      print("tenant that was idle for longer", heap() - before);
      if (quotas.tenantsHeld() != 0) {
        throw new IllegalStateException("tenants are still held: " + quotas.tenantsHeld());
      }
    }
  }

  private static void print(String what, long bytes) {
    System.out.printf(
        "bytes of heap per %s: %d%n", what, Math.round(bytes * 1.0 / TENANTS_IN_MEMORY));
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Quotas quotas(Database database, LongSupplier nanos) {
    new Migrations(database).apply();
    TenantPlans plans = new TenantPlans(database, new Signals(database), PLANS);
    plans.load(new DatabaseReady());
    return new Quotas(database, plans, Clock.systemUTC(), nanos);
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(SharedPostgres.freshSource());
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }
}
