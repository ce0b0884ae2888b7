package io.nettrace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a start costs: processor time of all processes until the first measurements are stored, the
 * scanner's way to its first probe, and its size once it measures a hundred targets in the lab.
 * Needs a packaged build; the first start makes the database, the second finds it.
 */
public final class StartBenchmark {
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Pattern MEASURES =
      Pattern.compile("(\\S+Z) INFO io.nettrace.scanner.cycle.Cycle: .* has [1-9]");
  private static final Pattern STORED =
      Pattern.compile("nettrace_samples_stored\\{[^}]*} ([0-9.]+)");

  private StartBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("nettrace-start");
    start(data, "first start, database made");
    start(data, "second start, database kept");
  }

  private static void start(Path data, String what) throws Exception {
    RunningSystem system = RunningSystem.in(data);
    system.start(Map.of());
    while (stored(system) == 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    Duration cpu = cpu(system);
    ProcessHandle scanner = ProcessHandle.of(system.scannerPid()).orElseThrow();
    Duration probe = Duration.between(scanner.info().startInstant().orElseThrow(), began(system));
    TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
    System.out.printf(
        "%s (C1 only): %.1f s of CPU to the first stored measurement; scanner %.1f s to its first"
            + " probe, %d MB resident with the lab inside%n",
        what, cpu.toMillis() / 1000.0, probe.toMillis() / 1000.0, residentMegabytes(scanner));
    system.terminate();
  }

  private static double stored(RunningSystem system) {
    return STORED
        .matcher(system.operated("/metrics").body())
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  /** The launcher, what it started, and PostgreSQL, which is nobody's child. */
  private static Duration cpu(RunningSystem system) throws IOException {
    ProcessHandle database = ProcessHandle.of(system.databasePid()).orElseThrow();
    return Stream.of(List.of(system.launcher(), database))
        .flatMap(List::stream)
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Instant began(RunningSystem system) {
    return MEASURES
        .matcher(system.output())
        .results()
        .map((MatchResult found) -> Instant.parse(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  private static long residentMegabytes(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToLong(Long::parseLong)
            .sum()
        / 1024;
  }
}
