package io.nettrace.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A program of ours in a process of its own, started again whenever it ends. What it writes belongs
 * to this user alone.
 */
final class SupervisedProcess implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SupervisedProcess.class.getName());

  private final String name;
  private final List<String> command;
  private final boolean talks;
  private final Duration stopLimit;
  private final Consumer<Process> onStart;
  private final Restarts restarts;
  private Optional<Process> process = Optional.empty();
  private boolean released;

  /**
   * @param talks whether its standard input and output are pipes to this process, not the console
   * @param onStart what is done with each process that was started
   */
  SupervisedProcess(
      String name,
      List<String> command,
      boolean talks,
      Duration stopLimit,
      Consumer<Process> onStart) {
    this.name = name;
    this.command = privately(command);
    this.talks = talks;
    this.stopLimit = stopLimit;
    this.onStart = onStart;
    this.restarts = new Restarts(name + "-watch");
  }

  /** The command under a mask that lets no other user read or write its files. */
  private static List<String> privately(List<String> command) {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return List.copyOf(command);
    }
    List<String> masked = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
    masked.addAll(command);
    return List.copyOf(masked);
  }

  synchronized void launch() throws IOException {
    if (released) {
      return;
    }
    restarts.started();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!talks) {
      builder.inheritIO();
    }
    Process started = builder.start();
    process = Optional.of(started);
    onStart.accept(started);
    var _ = started.onExit().thenAccept(this::ended);
  }

  /** Ends one that hangs; it is started again like one that ended by itself. */
  void kill() {
    Optional<Process> last;
    synchronized (this) {
      last = process;
    }
    last.ifPresent(Process::destroyForcibly);
  }

  /** It is not started again from now on; {@link #close} also ends it. */
  synchronized void release() {
    released = true;
  }

  @Override
  public void close() {
    release();
    restarts.close();
    Optional<Process> last;
    synchronized (this) {
      last = process;
    }
    last.ifPresent(running -> Processes.stop(running.toHandle(), stopLimit));
  }

  private synchronized void ended(Process gone) {
    if (released) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "The {0} ended with status {1}; it is started again in {2} s",
        new Object[] {name, gone.exitValue(), restarts.later(this::launchAgain).toSeconds()});
  }

  private void launchAgain() {
    try {
      launch();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "The {0} cannot be started: {1}; once more in {2} s",
          new Object[] {name, e.getMessage(), restarts.later(this::launchAgain).toSeconds()});
    }
  }
}
