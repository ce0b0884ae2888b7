package io.nettrace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.nettrace.testing.Percentiles;
import io.nettrace.testing.ScannerAtTheDoor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the portal weighs and costs, seen by Debian's Chromium before the whole product in the lab:
 * the overview of a hundred targets with nothing kept, a target's 90 days from the last byte to the
 * picture, rows that change while one looks, and the processor time of open overviews. Beside the
 * pages' times stand those of a style sheet from the same server. Needs a packaged build, and
 * rights for the lab.
 */
public final class PortalBenchmark {
  private static final int WARM_UP = 60;
  private static final int REPEATS = 15;
  private static final int OPEN = 200;
  private static final Duration LOOKED_ON = Duration.ofSeconds(60);
  private static final Duration HISTORY = Duration.ofDays(90);
  private static final String TARGET = "/target/www.nyse.com?range=90d";

  /** Notes when the chart is there, and how much the page moves by itself. */
  private static final String WATCH =
      """
      window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.moved += e.value)))
        .observe({ type: "layout-shift", buffered: true });
      new MutationObserver((_, observer) => {
        if (document.querySelector("#curve canvas")) {
          observer.disconnect();
          requestAnimationFrame(() => (window.drawn = performance.now()));
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  private static final String FIRST_CONTENT =
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
  private static final String BYTES =
      """
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, each) => sum + each.transferSize, 0)
      """;
  private static final String DRAWN_AFTER_DATA =
      "window.drawn - performance.getEntriesByType('navigation')[0].responseEnd";
  private static final String COUNT_ROWS =
      """
      window.changed = 0;
      new MutationObserver((all) => (window.changed += all.length))
        .observe(document.querySelector('[data-live=table]'),
          { subtree: true, childList: true, characterData: true, attributes: true })
      """;

  private final PortalStage stage;

  /** One connection for each feed, as browsers of different people have. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PortalBenchmark(PortalStage stage) {
    this.stage = stage;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("nettrace-portal");
    try (PortalStage stage = new PortalStage(data)) {
      String token = Files.readString(data.resolve("secrets/local-scanner")).strip();
      PastBursts.deliver(new ScannerAtTheDoor(stage.operations(), token), HISTORY);
      new PortalBenchmark(stage).run();
    }
  }

  private void run() throws Exception {
    stage.system.await("a hundred targets", "/api/v1/targets", answer -> measured(answer) >= 100);
    served();
    overview();
    target();
    live();
    open();
  }

  private static long measured(JsonNode answer) {
    return answer.findValues("state").stream()
        .filter(one -> !one.asText().equals("unknown"))
        .count();
  }

  /** Pages without a browser, against a file of the same server in turn. */
  private void served() throws Exception {
    List<String> paths =
        List.of("/overview", "/target/www.nyse.com?range=24h", TARGET, "/rankings");
    for (String path : paths) {
      List<Double> page = new ArrayList<>();
      List<Double> file = new ArrayList<>();
      for (int i = 0; i < WARM_UP + REPEATS * 4; i++) {
        double took = millis(path);
        double ceiling = millis("/assets/base.css");
        if (i >= WARM_UP) {
          page.add(took);
          file.add(ceiling);
        }
      }
      Percentiles ours = new Percentiles(page);
      System.out.printf(
          "%-32s p50 %5.1f ms, p99 %5.1f ms; a style sheet in turn p50 %.1f ms%n",
          path, ours.median(), ours.at(99), new Percentiles(file).median());
    }
  }

  private void overview() {
    List<Double> first = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      Page page = browser();
      page.navigate("/overview");
      page.waitForFunction("() => " + FIRST_CONTENT);
      page.waitForLoadState();
      first.add(number(page, FIRST_CONTENT));
      bytes.add(number(page, BYTES));
      page.context().close();
    }
    System.out.printf(
        "overview, nothing kept: first content p50 %.0f ms, slowest %.0f ms; %.0f kB transferred%n",
        new Percentiles(first).median(),
        new Percentiles(first).at(100),
        new Percentiles(bytes).at(100) / 1000);
  }

  private void target() {
    List<Double> drawn = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      Page page = browser();
      page.navigate(TARGET);
      page.waitForFunction("() => window.drawn");
      drawn.add(number(page, DRAWN_AFTER_DATA));
      page.context().close();
    }
    System.out.printf(
        "target, 90 days, nothing kept: drawn %.0f ms (p50), %.0f ms (slowest) after the data%n",
        new Percentiles(drawn).median(), new Percentiles(drawn).at(100));
  }

  private void live() throws Exception {
    Page page = browser();
    page.navigate("/overview");
    page.waitForFunction(
        "() => document.querySelector('[data-live=state]').textContent === 'Live'");
    double before = number(page, "window.moved");
    page.evaluate(COUNT_ROWS);
    TimeUnit.SECONDS.sleep(LOOKED_ON.toSeconds());
    System.out.printf(
        "live overview, %d s: %.0f changes in the table, the page moved by %.4f (layout shift)%n",
        LOOKED_ON.toSeconds(),
        number(page, "window.changed"),
        number(page, "window.moved") - before);
    page.context().close();
  }

  private void open() throws Exception {
    double quiet = cores();
    List<CompletableFuture<Void>> feeds = new ArrayList<>();
    for (int i = 0; i < OPEN; i++) {
      feeds.add(
          http.sendAsync(request("/live").build(), HttpResponse.BodyHandlers.ofLines())
              .thenAcceptAsync(lines -> lines.body().forEach(_ -> {}), Thread::startVirtualThread));
    }
    double busy = cores();
    System.out.printf(
        "server: %.3f cores with nobody, %.3f cores with %d open overviews (%d still open)%n",
        quiet, busy, OPEN, feeds.stream().filter(feed -> !feed.isDone()).count());
    feeds.forEach(feed -> feed.cancel(true));
  }

  private double cores() throws Exception {
    Duration before = stage.system.launcher().info().totalCpuDuration().orElseThrow();
    TimeUnit.SECONDS.sleep(LOOKED_ON.toSeconds());
    Duration after = stage.system.launcher().info().totalCpuDuration().orElseThrow();
    return (after.toMillis() - before.toMillis()) / (double) LOOKED_ON.toMillis();
  }

  /** A browser that keeps nothing yet, signed in. */
  private Page browser() {
    Page page = stage.browser(stage.desk);
    page.addInitScript(WATCH);
    return page;
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private double millis(String path) throws Exception {
    long began = System.nanoTime();
    HttpResponse<byte[]> answer =
        http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return (System.nanoTime() - began) / 1e6;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(stage.root() + path))
        .header("Cookie", "nettrace-session=" + PortalStage.session(stage.desk));
  }
}
