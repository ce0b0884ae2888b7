package io.nettrace.prober;

import io.nettrace.lab.Lab;
import io.nettrace.lab.engine.EngineSettings;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.metric.ProbeMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the prober, and its peers beside it, on generated internets of 100 targets. Figures are
 * medians over all repeats with the range behind them; delays are ratios to the slowest target's.
 *
 * <pre>
 * [--seeds 42,7,2026] [--rows warm,cold,unprivileged,scamper,mtr,error,connect,realistic,cycle,flips]
 * [--quiet n]          quiet cycles of the row "flips"
 * </pre>
 */
public final class ProberBenchmark {
  static final int TARGETS = 100;
  static final double SLOWEST_MILLIS = 250.25;

  /** A compiler at work beside prober and lab would be measured on two cores. */
  private static final int SCANS_UNTIL_COMPILED = 20;

  private static final int REPEATS = 5;
  private static final int MTR_REPEATS = 2;

  /** Longer than the gaps between answers, so that the lab is awake while a scan runs. */
  private static final long AWAKE_NANOS = 20_000_000;

  private final List<String> rows;
  private final int quietCycles;

  private ProberBenchmark(List<String> rows, int quietCycles) {
    this.rows = rows;
    this.quietCycles = quietCycles;
  }

  public static void main(String[] arguments) throws Exception {
    String seeds = option(arguments, "--seeds", "42,7,2026");
    String rows =
        option(
            arguments,
            "--rows",
            "warm,cold,unprivileged,scamper,mtr,error,connect,realistic,cycle,flips");
    int quiet = Integer.parseInt(option(arguments, "--quiet", "8"));
    for (String seed : seeds.split(",", -1)) {
      System.out.println("seed " + seed);
      new ProberBenchmark(Arrays.asList(rows.split(",", -1)), quiet).run(Long.parseLong(seed));
    }
  }

  private static String option(String[] arguments, String name, String otherwise) {
    int at = Arrays.asList(arguments).indexOf(name);
    return at < 0 ? otherwise : arguments[at + 1];
  }

  private void run(long seed) throws Exception {
    if (wants("warm", "cold", "unprivileged", "scamper", "mtr", "connect")) {
      try (Lab lab = lab(seed, Profile.CLEAN, EngineSettings.DEFAULT)) {
        clean(lab);
      }
    }
    if (wants("error")) {
      error(seed, EngineSettings.DEFAULT, "lab as usual");
      error(seed, awake(), "lab awake");
    }
    if (wants("realistic", "cycle")) {
      try (Lab lab = lab(seed, Profile.REAL, EngineSettings.DEFAULT)) {
        realistic(lab);
      }
    }
    if (wants("flips")) {
      try (Lab lab = lab(seed, Profile.REAL, EngineSettings.DEFAULT)) {
        new FlipRow(lab).run(quietCycles);
      }
    }
  }

  private void clean(Lab lab) throws Exception {
    if (wants("warm")) {
      warm(lab, ProbeMode.RAW, "warm");
    }
    if (wants("cold")) {
      Figures figures = new Figures("cold");
      for (int i = 0; i < REPEATS; i++) {
        try (Scans scans = Scans.open(lab, ProbeMode.RAW)) {
          figures.add(scans.scan(Duration.ZERO));
        }
      }
      figures.print();
    }
    if (wants("unprivileged")) {
      warm(lab, ProbeMode.UNPRIVILEGED, "warm, unprivileged");
    }
    if (wants("scamper")) {
      new Scamper(lab).cold(REPEATS);
    }
    if (wants("mtr")) {
      new Mtr(lab).cold(MTR_REPEATS);
    }
    if (wants("connect")) {
      new ConnectRow(lab).run(REPEATS);
    }
  }

  private static void warm(Lab lab, ProbeMode mode, String name) throws Exception {
    Figures figures = new Figures(name);
    try (Scans scans = Scans.open(lab, mode)) {
      scans.warmUp();
      for (int i = 0; i < REPEATS; i++) {
        scans.pause();
        figures.add(scans.scan(Duration.ZERO));
      }
    }
    figures.print();
  }

  private void realistic(Lab lab) throws Exception {
    Figures warm = new Figures("warm, realistic");
    Figures cycle = new Figures("10 s cycle, realistic");
    try (Scans scans = Scans.open(lab, ProbeMode.RAW)) {
      scans.warmUp();
      for (int i = 0; i < REPEATS; i++) {
        scans.pause();
        warm.add(scans.scan(Duration.ZERO));
      }
      if (wants("cycle")) {
        cycle.add(scans.scan(Duration.ofSeconds(10)));
      }
    }
    warm.print();
    cycle.print();
  }

  /** Ours and scamper's error in the same lab, turn by turn. */
  private static void error(long seed, EngineSettings settings, String name) throws Exception {
    try (Lab lab = lab(seed, Profile.CLEAN, settings)) {
      Scamper scamper = new Scamper(lab);
      Figures figures = new Figures("error, " + name);
      Errors theirs = new Errors("error, " + name + ": scamper");
      try (Scans scans = Scans.open(lab, ProbeMode.RAW)) {
        scans.warmUp();
        for (int i = 0; i < SCANS_UNTIL_COMPILED; i++) {
          scans.scan(Duration.ZERO);
        }
        for (int i = 0; i < REPEATS; i++) {
          scans.pause();
          figures.add(scans.scan(Duration.ZERO));
          theirs.add(scamper.errors());
        }
      }
      figures.print();
      theirs.print();
    }
  }

  private static EngineSettings awake() {
    EngineSettings usual = EngineSettings.DEFAULT;
    return new EngineSettings(
        usual.pendingReplies(),
        usual.logEntries(),
        AWAKE_NANOS,
        usual.drainBatch(),
        usual.deviceQueue(),
        usual.packetBytes());
  }

  private static Lab lab(long seed, Profile profile, EngineSettings settings) throws Exception {
    return Lab.start(Topologies.generate(seed, profile, TARGETS), settings);
  }

  private boolean wants(String... names) {
    return Arrays.stream(names).anyMatch(rows::contains);
  }
}
