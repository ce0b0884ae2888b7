package io.nettrace.lab;

import io.nettrace.posix.NetworkNamespace;
import io.nettrace.testing.Machine;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does things inside a lab, for tests. */
public final class Inside {
  private static final long PATIENCE_SECONDS = 120;

  private Inside() {}

  public static void assumeLab() {
    Machine.LAB.require(Lab.unavailable());
  }

  public static void assumeProgram(String name) {
    boolean installed =
        List.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/").stream()
            .anyMatch(folder -> new File(folder + name).canExecute());
    Machine.PROGRAM.require(installed ? Optional.empty() : Optional.of(name + " is not installed"));
  }

  /** The result of the action on a thread that sees the lab's network. */
  public static <T> T of(Lab lab, Callable<T> action) throws Exception {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                NetworkNamespace.enter(lab.namespace());
                result.complete(action.call());
              } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
              }
            });
    return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** What the program printed. */
  public static String run(Lab lab, String... command) throws Exception {
    return of(
        lab,
        () -> {
          Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
          process.getOutputStream().close();
          return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        });
  }
}
