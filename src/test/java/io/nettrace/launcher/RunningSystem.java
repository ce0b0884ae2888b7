package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The product as {@code mvn} starts it, on ports and in a folder of the test's own, in the lab. */
final class RunningSystem {
  static final Path LAUNCHER = Path.of("target/dist/nettrace-launcher.jar");
  static final Path WAR = Path.of("target/nettrace.war");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration POLL_EVERY = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path data;
  private final int httpPort;
  private final int operationsPort;
  private final int databasePort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> output = new ArrayList<>();
  private Optional<Process> started = Optional.empty();
  private int saidBefore;

  private RunningSystem(Path data, int httpPort, int operationsPort, int databasePort) {
    this.data = data;
    this.httpPort = httpPort;
    this.operationsPort = operationsPort;
    this.databasePort = databasePort;
  }

  static RunningSystem in(Path data) throws IOException {
    return new RunningSystem(data, FreePort.next(), FreePort.next(), FreePort.next());
  }

  URI root() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** Where operators, metrics and detailed health are answered. */
  URI operations() {
    return URI.create("http://127.0.0.1:" + operationsPort);
  }

  int httpPort() {
    return httpPort;
  }

  /** The embedded database, as the service's own login sees it. */
  Connection database() throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/nettrace".formatted(databasePort),
        "nettrace",
        Files.readString(data.resolve("secrets/postgres-application")).strip());
  }

  ProcessHandle launcher() {
    return process().toHandle();
  }

  private Process process() {
    return started.orElseThrow();
  }

  /** Starts it and returns when it serves; extra settings are {@code name, value}. */
  void start(Map<String, String> settings) throws Exception {
    CompletableFuture<Void> serving = launch(settings);
    try {
      serving.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it does not serve:\n" + output(), e);
    }
  }

  /** Starts it where it cannot start and returns what it said. */
  String startInVain(Map<String, String> settings) throws Exception {
    var _ = launch(settings);
    if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      terminate();
      throw new AssertionError("it started:\n" + output());
    }
    return output();
  }

  private CompletableFuture<Void> launch(Map<String, String> settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dnettrace.server.heap-mebibytes=512",
                "-Dnettrace.server.jvm-options=-XX:TieredStopAtLevel=1",
                "-Dnettrace.data=" + data,
                "-Dnettrace.config=" + data.resolve("nettrace.properties"),
                "-Dnettrace.http.port=" + httpPort,
                "-Dnettrace.operations.port=" + operationsPort,
                "-Dnettrace.db.port=" + databasePort,
                "-Dnettrace.network=lab",
                "-Dnettrace.scan.lab.burst-every=5s",
                "-Dnettrace.scan.lab.trace-every=10s"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", LAUNCHER.toString(), WAR.toString()));
    synchronized (output) {
      saidBefore = output.size();
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started = Optional.of(process);
    CompletableFuture<Void> serving = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> listen(process, serving));
    return serving;
  }

  private void listen(Process speaker, CompletableFuture<Void> serving) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(speaker.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (line.startsWith("NetTrace is running")) {
          serving.complete(null);
        }
      }
    } catch (IOException e) {
      // the stream ends with the process
    }
    serving.completeExceptionally(new AssertionError("it ended before it served:\n" + output()));
  }

  String output() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  /** What it said from its last start on. */
  String outputSinceStart() {
    synchronized (output) {
      return String.join("\n", output.subList(saidBefore, output.size()));
    }
  }

  /** Of one that has ended. */
  int exitStatus() {
    return process().exitValue();
  }

  HttpResponse<String> get(String path) {
    return get(root(), path);
  }

  /** What operators are answered. */
  HttpResponse<String> operated(String path) {
    return get(operations(), path);
  }

  private HttpResponse<String> get(URI at, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(at.resolve(path))
              .header("X-API-Key", Files.readString(data.resolve("demo-api-key")).strip())
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes something with the demo key. */
  JsonNode post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(root().resolve(path))
            .header("X-API-Key", Files.readString(data.resolve("demo-api-key")).strip())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new AssertionError(path + " is answered by " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** The metrics, once one of them is there; those of scanners come with their first delivery. */
  String metricsWith(String metric) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String text = operated("/metrics").body();
    while (!text.contains(metric)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("there is no " + metric + " in\n" + text);
      }
      TimeUnit.NANOSECONDS.sleep(POLL_EVERY.toNanos());
      text = operated("/metrics").body();
    }
    return text;
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(get(path).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the public listener answers that it is ready. */
  void awaitServing() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isServing()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not serve again:\n" + output());
      }
      TimeUnit.NANOSECONDS.sleep(POLL_EVERY.toNanos());
    }
  }

  private boolean isServing() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Asks again and again until the answer satisfies. */
  JsonNode await(String what, String path, Predicate<JsonNode> satisfied) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = json(path);
    while (!satisfied.test(last)) {
      if (System.nanoTime() > deadline || !process().isAlive()) {
        throw new AssertionError(what + " did not come about; last: " + last + "\n" + output());
      }
      TimeUnit.NANOSECONDS.sleep(POLL_EVERY.toNanos());
      last = json(path);
    }
    return last;
  }

  long scannerPid() throws IOException {
    return Long.parseLong(Files.readString(data.resolve("spool/pid")).strip());
  }

  long databasePid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
  }

  long serverPid() throws IOException {
    return Long.parseLong(Files.readString(data.resolve("payara/pid")).strip());
  }

  void terminate() throws InterruptedException {
    process().destroy();
    process().waitFor();
  }

  void kill() throws InterruptedException {
    process().destroyForcibly();
    process().waitFor();
  }

  /** Returns when the process is gone; one that has ended counts as alive until it is reaped. */
  static void awaitEnd(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Stops it where it stands; it ends by force only. */
  static void suspend(long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor()).isZero();
  }
}
