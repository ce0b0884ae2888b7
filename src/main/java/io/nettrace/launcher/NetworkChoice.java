package io.nettrace.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Decides between the real network and the lab: the lab, when no target's name resolves. */
final class NetworkChoice {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private NetworkChoice() {}

  /** True as soon as one of {@code hosts} has an address; false when none has within the limit. */
  static boolean anyResolves(List<String> hosts) throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletableFuture<Boolean> found = new CompletableFuture<>();
      List<CompletableFuture<Void>> asked =
          hosts.stream()
              .map(host -> CompletableFuture.runAsync(() -> resolve(host, found), threads))
              .toList();
      var _ =
          CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
              .thenRun(() -> found.complete(false));
      return found.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void resolve(String host, CompletableFuture<Boolean> found) {
    try {
      InetAddress.getByName(host);
      found.complete(true);
    } catch (UnknownHostException e) {
      // one name less; the others may still be known
    }
  }
}
