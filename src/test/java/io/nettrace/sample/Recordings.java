package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.NoObservers;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A record with something in it, for tests of what reads it. */
public final class Recordings {
  public static final VantagePoint LAB = new VantagePoint("lab-it", true);
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  private Recordings() {}

  public static History history(Database database) {
    return new History(database);
  }

  /** Records {@code count} bursts of two packets, one answered, {@code apart} from each other. */
  public static void bursts(
      Database database, String targetId, String host, Instant first, Duration apart, int count) {
    List<MeasuredBurst> bursts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<ProbeOutcome> outcomes =
          List.of(
              new ProbeOutcome.Replied(ADDRESS, 1_000_000 + i * 1_000L),
              new ProbeOutcome.TimedOut());
      bursts.add(
          new MeasuredBurst(
              targetId,
              host,
              Burst.of(
                  first.plus(apart.multipliedBy(i)),
                  ADDRESS,
                  Protocol.ICMP,
                  ProbeMode.RAW,
                  outcomes)));
    }
    record(database, bursts);
  }

  private static void record(Database database, List<MeasuredBurst> bursts) {
    Clock clock = Clock.systemUTC();
    Latest latest = new Latest(database, CONFIG, new NoObservers<>(), clock);
    SampleRecorder recorder = new SampleRecorder(_ -> List.of(), latest, CONFIG, new Partitions());
    AcceptedScan scan = new AcceptedScan(LAB, clock.instant(), bursts, List.of(), List.of(), 0);
    database.transaction(
        tx -> {
          recorder.record(new Recording(tx, scan));
          return true;
        });
  }
}
