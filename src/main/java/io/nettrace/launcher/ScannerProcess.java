package io.nettrace.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The local scanner in a JVM of its own. It outlives this process if this process is killed; the
 * next start ends it and continues its spool.
 */
final class ScannerProcess {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private ScannerProcess() {}

  /** Starts the scanner of the vantage point, in the lab when that is simulated. */
  static SupervisedProcess start(
      StartSettings settings,
      Path jar,
      Path tokenFile,
      String controlPlane,
      LocalVantagePoint vantagePoint)
      throws IOException, StartFailure {
    Path spool = settings.data().resolve("spool");
    Processes.named(spool.resolve("pid"), "java")
        .ifPresent(left -> Processes.stop(left, STOP_LIMIT));
    List<String> command = new ArrayList<>();
    if (vantagePoint.simulated() && !"root".equals(System.getProperty("user.name"))) {
      // an ordinary user becomes root of a user namespace, which may make network namespaces
      command.addAll(List.of("unshare", "-Ur"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + settings.scannerOptions().heapMebibytes() + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-jar",
            jar.toString(),
            "run",
            "--control-plane",
            controlPlane,
            "--token-file",
            tokenFile.toString(),
            "--spool",
            spool.toString(),
            "--network",
            vantagePoint.simulated() ? "lab" : "real",
            "--vantage-point",
            vantagePoint.name()));
    command.addAll(settings.scannerOptions().arguments());
    SupervisedProcess scanner =
        new SupervisedProcess("scanner", command, false, STOP_LIMIT, _ -> {});
    scanner.launch();
    return scanner;
  }
}
