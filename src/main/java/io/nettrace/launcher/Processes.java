package io.nettrace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Processes that need not be children of ours: an earlier start, killed, left its own running. */
final class Processes {
  /** The kernel lets its memory and ports go; on a machine under load this takes a moment. */
  private static final Duration KILLED_LIMIT = Duration.ofSeconds(10);

  /** A file that was cut off by a power loss names no process. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private Processes() {}

  /** The one whose number is a file's first line, if it runs and runs {@code program}. */
  static Optional<ProcessHandle> named(Path pidFile, String program) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    return Files.readAllLines(pidFile).stream()
        .findFirst()
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::parseLong)
        .flatMap(ProcessHandle::of)
        .filter(process -> process.info().command().orElse("").endsWith(program));
  }

  /** Ends every process whose program lies in {@code folder}. */
  static void stopAll(Path folder, Duration limit) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Path real = folder.toRealPath();
    ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().command().map(Path::of).filter(c -> c.startsWith(real)).isPresent())
        .forEach(process -> stop(process, limit));
  }

  /** In good order if it ends so within {@code limit}, else by force; returns when it is gone. */
  static void stop(ProcessHandle running, Duration limit) {
    boolean _ = running.destroy();
    try {
      if (!ends(running, limit)) {
        boolean _ = running.destroyForcibly();
        boolean _ = ends(running, KILLED_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean ends(ProcessHandle running, Duration limit) throws InterruptedException {
    try {
      ProcessHandle _ = running.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }
}
