package io.nettrace.catalog;

import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.DurablePostgres;
import io.nettrace.testing.Percentiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Reading a tenant's targets through both walls, as the product reads them, in a transaction and as
 * entities, against the same SQL by a login that may read everything: as a transaction, and as a
 * lone statement, which needs a round trip less. Tenants with targets have a cell each, so a pool
 * each; those without walls have as many, and a further row tells what one pool for all would save.
 */
public final class WallsBenchmark {
  private static final int TENANTS = 10;
  private static final int TARGETS = 50;
  private static final int THREADS = 4;
  private static final int WARM_UP = 3;
  private static final int MEASURED = 9;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What {@link CustomTargetReads#page} asks. */
  private static final String PAGE =
      """
      select id, host, port, methods, name, tags, burst_every_seconds, paused, created_at,
        created_by, version
      from %scustom_targets where id > :after order by id fetch first :limit rows only
      """;

  private static final String WALLED = PAGE.formatted("");

  private final TenantKit kit;
  private final CustomTargetReads reads;
  private final Pools plain;
  private final Database shared;
  private final Map<Tenant, Database> own = new HashMap<>();
  private final List<Tenant> tenants = new ArrayList<>();

  /** A way to read; it returns how many rows it read. */
  private record Way(String name, ToLongFunction<Tenant> read, List<Double> rates) {
    Way(String name, ToLongFunction<Tenant> read) {
      this(name, read, new ArrayList<>());
    }

    double median() {
      return new Percentiles(rates).median();
    }
  }

  /** Connections without walls: one pool for all, and one for each tenant. */
  private record Pools(DurablePostgres postgres, List<HikariDataSource> open)
      implements AutoCloseable {
    Database next() {
      HikariDataSource pool = postgres.superuserPool(THREADS);
      open.add(pool);
      return new Database(() -> pool);
    }

    @Override
    public void close() {
      open.forEach(HikariDataSource::close);
    }
  }

  private WallsBenchmark(TenantKit kit, Pools plain) {
    this.kit = kit;
    this.reads = new CustomTargetReads(kit.walls);
    this.plain = plain;
    this.shared = plain.next();
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings =
        Map.of(
            "nettrace.tenant.cell-connections",
            String.valueOf(THREADS),
            "nettrace.tenant.spare-schemas",
            "0");
    try (DurablePostgres postgres = DurablePostgres.migrated();
        TenantKit kit = new TenantKit(postgres.url(), settings, Clock.systemUTC());
        Pools plain = new Pools(postgres, new ArrayList<>())) {
      new WallsBenchmark(kit, plain).run();
    }
  }

  private void run() throws Exception {
    for (int i = 0; i < TENANTS; i++) {
      Tenant tenant =
          kit.tenants.isolate(Actors.TEST, kit.tenant("tenant-" + i).id()).orElseThrow();
      tenants.add(fill(tenant));
      own.put(tenant, plain.next());
    }
    Way onePool = new Way("no walls, lone, one pool", tenant -> lone(shared, tenant));
    Way lone = new Way("no walls, lone statement", tenant -> lone(own(tenant), tenant));
    Way transaction = new Way("no walls, transaction", this::transaction);
    Way walled = new Way("both walls, JDBC", this::walled);
    Way read = new Way("both walls, lone read", this::asTheProduct);
    Way asEntities = new Way("both walls, entities", this::asEntities);
    List<Way> ways = List.of(onePool, lone, transaction, read, walled, asEntities);
    for (int round = 0; round < WARM_UP + MEASURED; round++) {
      for (int i = 0; i < ways.size(); i++) {
        Way way = ways.get((i + round) % ways.size());
        double rate = rate(way);
        if (round >= WARM_UP) {
          way.rates.add(rate);
        }
      }
    }
    System.out.printf("pages of %d targets       reads/s  of lone  of transaction%n", TARGETS);
    for (Way way : ways) {
      System.out.printf(
          "%-25s %7.0f %8.2f %15.2f%n",
          way.name,
          way.median(),
          way.median() / lone.median(),
          way.median() / transaction.median());
    }
  }

  private Tenant fill(Tenant tenant) {
    boolean _ =
        kit.walls.transaction(
            tenant,
            tx -> {
              for (int i = 0; i < TARGETS; i++) {
                CustomTargetStore.insert(tx.entities(), target(i));
              }
              return true;
            });
    return tenant;
  }

  private static CustomTarget target(int number) {
    return new CustomTarget(
        "ct-%036d".formatted(number),
        "host-" + number + ".example.org",
        443,
        List.of(Protocol.TCP, Protocol.ICMP),
        "Host " + number,
        List.of("a", "b"),
        Duration.ofSeconds(60),
        false,
        Instant.EPOCH,
        "benchmark",
        1);
  }

  private Database own(Tenant tenant) {
    return Objects.requireNonNull(own.get(tenant));
  }

  private static long lone(Database database, Tenant tenant) {
    return database.run(connection -> page(connection, qualified(tenant)));
  }

  private long transaction(Tenant tenant) {
    return own(tenant).transaction(tx -> page(tx.connection(), qualified(tenant)));
  }

  private long walled(Tenant tenant) {
    return kit.walls.transaction(tenant, tx -> page(tx.connection(), WALLED));
  }

  private long asTheProduct(Tenant tenant) {
    return reads.page(tenant, "", TARGETS).size();
  }

  private long asEntities(Tenant tenant) {
    return kit.walls.transaction(tenant, tx -> (long) CustomTargetStore.all(tx.entities()).size());
  }

  private static String qualified(Tenant tenant) {
    return PAGE.formatted(tenant.home().schema() + ".");
  }

  /** Every column is read, as the entity's are. */
  private static long page(Connection connection, String sql) throws SQLException {
    return Sql.of(sql)
        .bind("after", "")
        .bind("limit", TARGETS)
        .all(
            connection,
            row -> {
              Object[] columns = new Object[row.getMetaData().getColumnCount()];
              for (int i = 0; i < columns.length; i++) {
                columns[i] = row.getObject(i + 1);
              }
              return columns;
            })
        .size();
  }

  private double rate(Way way) throws Exception {
    List<Callable<Long>> loops = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      loops.add(() -> loop(way));
    }
    double reads = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Long> each : threads.invokeAll(loops)) {
        reads += each.get();
      }
    }
    return reads / (ROUND_NANOS / 1e9);
  }

  private long loop(Way way) {
    long end = System.nanoTime() + ROUND_NANOS;
    long reads = 0;
    while (System.nanoTime() < end) {
      Tenant tenant = tenants.get(ThreadLocalRandom.current().nextInt(TENANTS));
      if (way.read.applyAsLong(tenant) != TARGETS) {
        throw new IllegalStateException(way.name + " did not read what is there");
      }
      reads++;
    }
    return reads;
  }
}
