package io.nettrace.testing;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bursts of ten probes, as a target 30 ms away yields them; one probe in two hundred is lost. */
public final class TypicalBursts {
  private static final int PROBES = 10;
  private static final ProbeOutcome LOST = new ProbeOutcome.TimedOut();

  private final InetAddress address;
  private final Random random;

  public TypicalBursts(InetAddress address, Random random) {
    this.address = address;
    this.random = random;
  }

  public Burst at(Instant start) {
    List<ProbeOutcome> outcomes = new ArrayList<>(PROBES);
    for (int i = 0; i < PROBES; i++) {
      long jitter = Math.round(Math.exp(random.nextGaussian(12, 1)));
      outcomes.add(
          random.nextInt(200) == 0 ? LOST : new ProbeOutcome.Replied(address, 30_000_000 + jitter));
    }
    return Burst.of(start, address, Protocol.ICMP, ProbeMode.RAW, outcomes);
  }
}
