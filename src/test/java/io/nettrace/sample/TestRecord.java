package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.tenant.NoTenants;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** A record in a database of its own, and bursts to put into it. */
final class TestRecord {
  static final VantagePoint LAB = new VantagePoint("lab-it", true);
  static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  static final InetAddress SIXTH = InetAddress.ofLiteral("2001:db8::1");
  static final Duration YEARS = Duration.ofDays(3660);
  static final RetentionConfig KEEP_ALL = new RetentionConfig(YEARS, YEARS, YEARS, YEARS, YEARS);

  final DataSource source = SharedPostgres.migratedSource();
  final Database database = new Database(() -> source);
  final Partitions partitions = new Partitions();
  private final BurstWriter writer = new BurstWriter();

  TestRecord() {}

  void store(Instant knownAt, List<MeasuredBurst> bursts) {
    database
        .transaction(
            tx -> {
              partitions.prepare(
                  tx.connection(), bursts.stream().map(b -> b.burst().startedAt()).toList());
              return writer.write(
                  tx.connection(), new AcceptedScan(LAB, knownAt, bursts, List.of(), List.of(), 0));
            })
        .run();
  }

  History history() {
    return new History(new Records(database, new NoTenants(database).walls()));
  }

  Upkeep upkeep(Instant now) {
    return upkeep(database, now, KEEP_ALL);
  }

  Upkeep upkeep(Database through, Instant now, RetentionConfig retention) {
    return new Upkeep(
        through,
        retention,
        new Partitions(),
        new Chores(through),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  Selection selection(Instant start, Instant end) {
    return new Selection("nyse", LAB.name(), start, end);
  }

  long count(String sql) {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("select count(*) from " + sql)) {
            return row.next() ? row.getLong(1) : -1;
          }
        });
  }

  void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /** A burst, and what became of each probe. */
  record Drawn(MeasuredBurst measured, List<ProbeOutcome> outcomes) {
    Burst burst() {
      return measured.burst();
    }

    LongStream delays() {
      return outcomes.stream()
          .mapMultiToLong(
              (outcome, sink) -> {
                if (outcome instanceof ProbeOutcome.Replied replied) {
                  sink.accept(replied.rttNanos());
                }
              });
    }
  }

  /** Bursts somewhere in a range: few and many probes, losses, silence, two families. */
  static List<Drawn> draw(Random random, Instant start, Instant end, int count) {
    List<Drawn> drawn = new ArrayList<>();
    long seconds = Duration.between(start, end).toSeconds();
    for (int i = 0; i < count; i++) {
      Instant at = start.plusSeconds(random.nextLong(seconds)).plusNanos(random.nextLong(1 << 29));
      List<ProbeOutcome> outcomes = outcomes(random);
      InetAddress address = random.nextInt(4) == 0 ? SIXTH : ADDRESS;
      drawn.add(new Drawn(burst(at, address, outcomes), outcomes));
    }
    return drawn;
  }

  static List<MeasuredBurst> bursts(Random random, Instant start, Instant end, int count) {
    return draw(random, start, end, count).stream().map(Drawn::measured).toList();
  }

  private static List<ProbeOutcome> outcomes(Random random) {
    int probes = random.nextInt(10) == 0 ? 100 : 10;
    double loss = random.nextInt(8) == 0 ? 1 : random.nextDouble() * 0.3;
    List<ProbeOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < probes; i++) {
      long delay = Math.round(Math.exp(random.nextGaussian(17, 1)));
      outcomes.add(
          random.nextDouble() < loss
              ? new ProbeOutcome.TimedOut()
              : new ProbeOutcome.Replied(ADDRESS, delay));
    }
    return outcomes;
  }

  static MeasuredBurst burst(Instant at, InetAddress address, List<ProbeOutcome> outcomes) {
    Protocol method = address.equals(SIXTH) ? Protocol.TCP : Protocol.ICMP;
    return new MeasuredBurst(
        "nyse", "www.nyse.com", Burst.of(at, address, method, ProbeMode.RAW, outcomes));
  }

  static MeasuredBurst burst(Instant at, long... delays) {
    List<ProbeOutcome> outcomes = new ArrayList<>();
    for (long delay : delays) {
      outcomes.add(new ProbeOutcome.Replied(ADDRESS, delay));
    }
    return burst(at, ADDRESS, outcomes);
  }
}
