package io.nettrace.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Bursts of ten probes a minute apart over a path whose noise has a heavy tail. */
final class Bursts {
  static final int PROBES = 10;
  private static final double TAIL = 1.6;

  private final SplittableRandom random;
  private final double noiseMillis;
  private final Duration pause = Duration.ofMinutes(1);
  private Instant at = Instant.parse("2026-11-22T00:00:00Z");

  Bursts(long seed, double noiseMillis) {
    this.random = new SplittableRandom(seed);
    this.noiseMillis = noiseMillis;
  }

  /** The next burst: every delay is {@code millis} and a share of noise (Pareto) on top. */
  Observation next(double millis, double lossRatio) {
    at = at.plus(pause);
    long[] delays =
        random
            .doubles(PROBES)
            .filter(chance -> chance >= lossRatio)
            .mapToLong(_ -> Math.round((millis + pareto()) * 1_000_000))
            .sorted()
            .toArray();
    OptionalLong median =
        Arrays.stream(delays).skip(Math.max(0, (delays.length + 1) / 2 - 1)).findFirst();
    return new Observation(at, PROBES, delays.length, median);
  }

  private double pareto() {
    return noiseMillis * (Math.pow(1 - random.nextDouble(), -1 / TAIL) - 1);
  }
}
