package io.nettrace.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the server again and again whether it lives. One that answered once and then stays silent
 * for a while hangs, which no exit status tells.
 */
final class Watchdog implements AutoCloseable {
  private final HttpRequest question;
  private final int patience;
  private final Runnable onHang;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("web-server-watchdog").factory());
  private boolean answered;
  private int silences;

  /**
   * @param every how often it asks, and how long it waits for an answer
   * @param patience after how many questions without an answer the server hangs
   * @param onHang done once for each hang
   */
  Watchdog(URI asked, Duration every, int patience, Runnable onHang) {
    this.question = HttpRequest.newBuilder(asked).timeout(every).build();
    this.patience = patience;
    this.onHang = onHang;
    var _ =
        clock.scheduleWithFixedDelay(
            this::ask, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    try {
      int _ = http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode();
      answered = true;
      silences = 0;
    } catch (IOException e) {
      silences++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (answered && silences >= patience) {
      answered = false; // the next one is given its time to start
      silences = 0;
      onHang.run();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.shutdownNow();
  }
}
