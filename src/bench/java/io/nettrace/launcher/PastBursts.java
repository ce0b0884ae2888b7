package io.nettrace.launcher;

import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.ScannerAtTheDoor;
import io.nettrace.testing.TypicalBursts;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What one target showed, every quarter of an hour until now, delivered late. */
final class PastBursts {
  private static final Duration APART = Duration.ofMinutes(15);
  private static final int PER_DELIVERY = 1_000;
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.18.0.1");

  private PastBursts() {}

  static void deliver(ScannerAtTheDoor scanner, Duration back) throws Exception {
    TypicalBursts typical = new TypicalBursts(ADDRESS, new Random(42));
    Instant now = Instant.now();
    List<MeasuredBurst> bursts = new ArrayList<>();
    for (Instant at = now.minus(back); at.isBefore(now); at = at.plus(APART)) {
      bursts.add(new MeasuredBurst("nyse", "www.nyse.com", typical.at(at)));
    }
    for (int i = 0; i < bursts.size(); i += PER_DELIVERY) {
      scanner.deliver(bursts.subList(i, Math.min(bursts.size(), i + PER_DELIVERY)));
    }
  }
}
