package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(5);
  private volatile boolean silent;
  private final CountDownLatch hangs = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/health/live",
        exchange -> {
          asked.countDown();
          if (silent) {
            await(end);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void aServerThatAnsweredAndFallsSilentHangs() throws InterruptedException {
    try (Watchdog dog = watch()) {
      await(asked);
      silent = true;
      assertThat(hangs.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("of %s", dog).isTrue();
    }
  }

  @Test
  void aServerThatStartsIsGivenItsTime() {
    silent = true;
    try (Watchdog dog = watch()) {
      await(asked);
      assertThat(hangs.getCount()).as("of %s", dog).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Watchdog watch() {
    URI asks =
        URI.create("http://127.0.0.1:%d/health/live".formatted(server.getAddress().getPort()));
    return new Watchdog(asks, EVERY, 3, hangs::countDown);
  }
}
