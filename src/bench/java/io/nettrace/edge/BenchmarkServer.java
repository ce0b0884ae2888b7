package io.nettrace.edge;

import io.nettrace.apikey.BenchmarkTenants;
import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.DurablePostgres;
import io.nettrace.testing.FreePort;
import io.nettrace.testing.ScannerAtTheDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged application in Payara Micro on a durable PostgreSQL, with one host measured. The
 * database is there before the server, so that tenants can be put into it.
 */
final class BenchmarkServer implements AutoCloseable {
  static final String HOST = "www.nyse.com";
  private static final String TOKEN = "benchmark-scanner-token";
  private static final int CONNECTIONS = 4;
  private static final int READY_SECONDS = 240;

  final int port;
  final Path data;
  private final DurablePostgres postgres;
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> server = Optional.empty();

  BenchmarkServer() throws Exception {
    postgres = DurablePostgres.migrated();
    data = Files.createTempDirectory("nettrace-benchmark");
    port = FreePort.next();
  }

  /** To be called before {@link #start}; returns the tenants' keys. */
  List<String> tenants(String prefix, int count, String plan) {
    try (var pool = postgres.pool(CONNECTIONS)) {
      return BenchmarkTenants.create(new Database(() -> pool), prefix, count, plan);
    }
  }

  /** Starts it with further settings ({@code -Dname=value}) and web applications beside it. */
  void start(List<String> settings, Path... beside) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dnettrace.operations.port=0",
                "-Dnettrace.data=" + data,
                "-Dnettrace.db.url=" + postgres.url(),
                "-Dnettrace.db.user=nettrace",
                "-Dnettrace.apikey.pepper=" + BenchmarkTenants.PEPPER,
                "-Dnettrace.scanner.token=" + TOKEN));
    command.addAll(settings);
    command.addAll(
        List.of(
            "-jar",
            "target/dist/lib/payara-micro.jar",
            "--nohazelcast",
            "--port",
            String.valueOf(port),
            "--deploy",
            root().toString()));
    for (Path war : beside) {
      command.addAll(List.of("--deploy", war.toString()));
    }
    server =
        Optional.of(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("server.log").toFile())
                .start());
    awaitReady();
    deliver();
  }

  /** The product under the name that Payara Micro takes to mean the address {@code /}. */
  private Path root() throws IOException {
    return Files.copy(Path.of("target/nettrace.war"), data.resolve("ROOT.war"));
  }

  /** The path of a resource of the API. */
  static String api(String path) {
    return "/api/v1" + path;
  }

  HttpResponse<String> get(String path, String key) throws Exception {
    return send(request(path).header("X-API-Key", key).build());
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private void awaitReady() throws Exception {
    for (int second = 0; second < READY_SECONDS; second++) {
      try {
        if (send(request("/health/ready").build()).statusCode() == 200
            && Files.exists(data.resolve("demo-api-key"))) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException(Files.readString(data.resolve("server.log")));
  }

  private void deliver() throws Exception {
    InetAddress address = InetAddress.ofLiteral("198.18.0.1");
    List<ProbeOutcome> outcomes =
        Collections.nCopies(10, new ProbeOutcome.Replied(address, 2_500_000));
    Burst burst = Burst.of(Instant.now(), address, Protocol.ICMP, ProbeMode.RAW, outcomes);
    new ScannerAtTheDoor(URI.create("http://127.0.0.1:" + port), TOKEN)
        .deliver(List.of(new MeasuredBurst("nyse", HOST, burst)));
    String key = Files.readString(data.resolve("demo-api-key")).strip();
    for (int second = 0; second < READY_SECONDS; second++) {
      if (get(api("/latency/" + HOST), key).statusCode() == 200) {
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException("what was delivered is not shown");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    server.ifPresent(Process::destroy);
    server.map(Process::onExit).ifPresent(CompletableFuture::join);
    postgres.close();
  }
}
