package io.nettrace.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The local scanner in a JVM of its own, started again whenever it ends. It outlives this process
 * if this process is killed; the next start ends it and continues its spool.
 */
final class ScannerProcess implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ScannerProcess.class.getName());
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final List<String> command;
  private final Restarts restarts = new Restarts("scanner-watch");
  private Optional<Process> process = Optional.empty();
  private boolean closed;

  private ScannerProcess(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * Starts the scanner that belongs to {@code settings}; {@code simulated} puts it into the lab.
   */
  static ScannerProcess start(
      Settings settings, Path jar, Path tokenFile, String controlPlane, boolean simulated)
      throws IOException, StartFailure {
    Path spool = settings.data().resolve("spool");
    Processes.named(spool.resolve("pid"), "java")
        .ifPresent(left -> Processes.stop(left, STOP_LIMIT));
    List<String> command = new ArrayList<>();
    if (simulated && !"root".equals(System.getProperty("user.name"))) {
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
            simulated ? "lab" : "real"));
    command.addAll(settings.scannerOptions().arguments());
    ScannerProcess scanner = new ScannerProcess(command);
    scanner.launch();
    return scanner;
  }

  synchronized Optional<Long> pid() {
    return process.filter(Process::isAlive).map(Process::pid);
  }

  @Override
  public void close() {
    Optional<Process> last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    restarts.close();
    last.ifPresent(running -> Processes.stop(running.toHandle(), STOP_LIMIT));
  }

  private synchronized void launch() {
    if (closed) {
      return;
    }
    restarts.started();
    try {
      Process started = new ProcessBuilder(command).inheritIO().start();
      process = Optional.of(started);
      var _ = started.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The scanner cannot be started: {0}", e.getMessage());
      Duration _ = restarts.later(this::launch);
    }
  }

  private synchronized void ended(Process gone) {
    if (closed) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "The scanner ended with status {0}; it is started again in {1} s",
        new Object[] {gone.exitValue(), restarts.later(this::launch).toSeconds()});
  }
}
