package io.nettrace.sample;

import io.nettrace.platform.Database;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.TypicalBursts;
import java.net.InetAddress;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Typical bursts, and their way into a record. */
final class StoreFill {
  static final VantagePoint FROM = new VantagePoint("bench", true);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  private final Database database;
  private final Partitions partitions = new Partitions();
  private final BurstWriter writer = new BurstWriter();
  private final Random random = new Random(42);
  private final TypicalBursts typical = new TypicalBursts(ADDRESS, random);

  StoreFill(Database database) {
    this.database = database;
  }

  List<MeasuredBurst> bursts(String target, Instant first, Duration apart, int count) {
    List<MeasuredBurst> bursts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Instant at = first.plus(apart.multipliedBy(i)).plusNanos(random.nextInt(500_000) * 1_000L);
      bursts.add(new MeasuredBurst(target, target + ".example", typical.at(at)));
    }
    return bursts;
  }

  /** As a delivery does. */
  void store(Instant knownAt, List<MeasuredBurst> bursts) {
    database
        .transaction(
            tx -> {
              var made =
                  partitions.prepare(
                      tx.connection(), bursts.stream().map(b -> b.burst().startedAt()).toList());
              Runnable numbered =
                  writer.write(
                      tx.connection(),
                      new AcceptedScan(FROM, knownAt, bursts, List.of(), List.of(), 0));
              return (Runnable)
                  () -> {
                    partitions.confirm(made);
                    numbered.run();
                  };
            })
        .run();
  }

  /** Whole days of one target, minute by minute. */
  void days(String target, Instant first, int days, Duration apart) {
    int perDay = (int) (Duration.ofDays(1).toSeconds() / apart.toSeconds());
    for (int day = 0; day < days; day++) {
      Instant start = first.plus(Duration.ofDays(day));
      store(start.plus(Duration.ofDays(1)), bursts(target, start, apart, perDay));
    }
  }

  /** Further targets with the same bursts, from {@code from} on. */
  void copies(String target, String name, int copies, Instant from) {
    execute(
        """
        with further as (
          insert into catalog.series
            (target_id, vantage_point, target_host, simulated, method, mode, address)
          select '%s-' || n, vantage_point, target_host, simulated, method, mode, address
          from catalog.series, generate_series(1, %d) n where target_id = '%s' returning id)
        insert into catalog.bursts
          select observed_at, known_at, f.id, sent, received, send_failures, revision, retracted,
            delays
          from catalog.bursts b join catalog.series s on s.id = b.series, further f
          where s.target_id = '%s' and observed_at >= '%s'
        """
            .formatted(name, copies, target, target, from));
  }

  void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
