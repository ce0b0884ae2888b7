package io.nettrace.prober.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C, or another signal that ends the program, as a request: the report is still printed, and
 * the program ends with the report's exit code instead of the signal's.
 */
final class Stop implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final int SOFTWARE = 1;

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread hook = new Thread(this::stopped, "stop");

  Stop() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopped() {
    asked.complete(null);
    int code;
    try {
      code = exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException | ExecutionException e) {
      code = SOFTWARE;
    }
    Runtime.getRuntime().halt(code);
  }

  CompletableFuture<Void> asked() {
    return asked;
  }

  /** The report is out: a program that is being ended ends here. */
  void reported(int code) {
    exitCode.complete(code);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      exitCode.complete(SOFTWARE); // it is ending already; a report that came before stands
    }
  }
}
