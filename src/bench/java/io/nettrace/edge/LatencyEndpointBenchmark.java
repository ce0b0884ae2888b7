package io.nettrace.edge;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * {@code GET /api/v1/latency/{host}} with its key check, against a resource that returns the same
 * bytes and does nothing else, in one Payara Micro, under wrk in turn. Needs wrk and a packaged
 * build ({@code mvn package -DskipTests}).
 */
public final class LatencyEndpointBenchmark {
  private static final String HOST = "www.nyse.com";
  private static final String TOKEN = "benchmark-scanner-token";
  private static final int ROUNDS = 5;
  private static final int WARM_UP_SECONDS = 20;
  private static final int ROUND_SECONDS = 6;
  private static final int READY_SECONDS = 120;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final String root;

  private LatencyEndpointBenchmark(Path folder, int port) {
    this.folder = folder;
    this.root = "http://127.0.0.1:" + port;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("nettrace-benchmark");
    int port = freePort();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      LatencyEndpointBenchmark benchmark = new LatencyEndpointBenchmark(folder, port);
      Process server = benchmark.start(postgres.getJdbcUrl("postgres", "postgres"), port);
      try {
        benchmark.run();
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
  }

  private Process start(String databaseUrl, int port) throws IOException {
    Path bare = folder.resolve("bare.war");
    ShrinkWrap.create(WebArchive.class)
        .addClasses(BareApplication.class, BareResource.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
        .as(ZipExporter.class)
        .exportTo(bare.toFile());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Dnettrace.data=" + folder,
            "-Dnettrace.db.url=" + databaseUrl,
            "-Dnettrace.db.user=postgres",
            "-Dnettrace.db.password=postgres",
            "-Dnettrace.scanner.token=" + TOKEN,
            "-D" + BareResource.FILE + "=" + folder.resolve("bytes"),
            "-jar",
            "target/dist/lib/payara-micro.jar",
            "--nohazelcast",
            "--port",
            String.valueOf(port),
            "--deploy",
            "target/nettrace.war",
            "--deploy",
            bare.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private void run() throws Exception {
    awaitReady();
    String key = Files.readString(folder.resolve("demo-api-key")).strip();
    deliver();
    String latency = root + "/nettrace/api/v1/latency/" + HOST;
    Files.writeString(folder.resolve("bytes"), get(latency, key));
    String bare = root + "/bare/bytes";
    rate(latency, key, WARM_UP_SECONDS);
    rate(bare, key, WARM_UP_SECONDS);
    List<Double> ours = new ArrayList<>();
    List<Double> ceiling = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      // each goes first in turn, so that neither profits from a machine that calms down
      if (round % 2 == 0) {
        ours.add(rate(latency, key, ROUND_SECONDS));
        ceiling.add(rate(bare, key, ROUND_SECONDS));
      } else {
        ceiling.add(rate(bare, key, ROUND_SECONDS));
        ours.add(rate(latency, key, ROUND_SECONDS));
      }
    }
    System.out.printf("GET /latency/{host}  %s  median %,.0f req/s%n", ours, median(ours));
    System.out.printf("bare resource        %s  median %,.0f req/s%n", ceiling, median(ceiling));
    System.out.printf("ratio of medians     %.2f%n", median(ours) / median(ceiling));
  }

  private void awaitReady() throws Exception {
    for (int second = 0; second < READY_SECONDS; second++) {
      try {
        if (send(request("/health/ready").build()).statusCode() == 200
            && Files.exists(folder.resolve("demo-api-key"))) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException(Files.readString(folder.resolve("server.log")));
  }

  private void deliver() throws Exception {
    InetAddress address = InetAddress.ofLiteral("198.18.0.1");
    List<ProbeOutcome> outcomes =
        Collections.nCopies(10, new ProbeOutcome.Replied(address, 2_500_000));
    UUID spool = UUID.randomUUID();
    Hello hello =
        new Hello(
            Hello.CONTRACT_VERSION, "lab-ewr", true, ProbeMode.RAW, spool, spool, SpoolState.EMPTY);
    Burst burst = Burst.of(Instant.now(), address, Protocol.ICMP, ProbeMode.RAW, outcomes);
    Delivery delivery =
        new Delivery(
            spool,
            1,
            "lab-ewr",
            true,
            Instant.now(),
            List.of(new MeasuredBurst("nyse", HOST, burst)),
            List.of(),
            List.of());
    post("/nettrace/scanner/v1/hello", Wire.write(hello));
    post("/nettrace/scanner/v1/deliveries", Wire.write(delivery));
    TimeUnit.SECONDS.sleep(3);
  }

  private void post(String path, byte[] body) throws Exception {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private String get(String url, String key) throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(url)).header("X-API-Key", key).build());
    if (answer.statusCode() != 200 || !answer.body().contains("rtt_ms")) {
      throw new IllegalStateException(url + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static double rate(String url, String key, int seconds) throws Exception {
    Process wrk =
        new ProcessBuilder("wrk", "-t2", "-c32", "-d" + seconds, "-H", "X-API-Key: " + key, url)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = RATE.matcher(said);
    if (!matcher.find() || said.contains("Non-2xx")) {
      throw new IllegalStateException("wrk said: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
