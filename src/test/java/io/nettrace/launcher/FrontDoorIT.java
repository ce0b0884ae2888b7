package io.nettrace.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Customer;
import io.nettrace.testing.Machine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The product as it is started, attacked from outside by clients without an account: whatever they
 * do, it lives, answers others, and goes on measuring.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontDoorIT {
  private static final int SLOW_BODIES = 500;
  private static final int RESETS = 1_000;
  private static final int STREAMS = 600;
  private static final int MOST_READS = 50;
  private static final int A_MOMENT_MILLIS = 100;
  private static final int STREAMS_OF_SESSION = 8;
  private static final int FLOOD = 200;
  private static final int MOST_PREFLIGHTS = 5_000;
  private static final int FLOOD_AT_ONCE = 50;
  private static final Duration PROMPT = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static RunningSystem system;

  @BeforeAll
  static void start() throws Exception {
    Machine.LAB.require(Lab.unavailable());
    system = RunningSystem.in(data);
    system.start(Map.of("nettrace.http.trusted-proxies", "127.0.0.1"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (system != null && system.launcher().isAlive()) {
      system.terminate();
    }
  }

  @Test
  @Order(1)
  void http2IsNotSpokenWithPriorKnowledge() throws Exception {
    String answer =
        raw(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
                .getBytes(StandardCharsets.ISO_8859_1));
    // an HTTP/2 server would begin with its own SETTINGS frame
    assertThat(answer)
        .satisfiesAnyOf(
            text -> assertThat(text).isEmpty(), text -> assertThat(text).startsWith("HTTP/1.1 "));
  }

  @Test
  @Order(2)
  void anUpgradeToHttp2IsAnsweredInHttp1() throws Exception {
    String answer =
        raw(
            """
            GET /health/live HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade, HTTP2-Settings, close\r
            Upgrade: h2c\r
            HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r
            \r
            """
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"status\":\"UP\"}");
  }

  /** Java's own client asks for HTTP/2 with its first request, whatever its body. */
  @Test
  @Order(2)
  void aBodyIsReadThoughItsRequestAsksForAnUpgrade() throws Exception {
    String body = "{\"email\":\"ann@example.com\",\"password\":\"not the one\"}";
    for (HttpRequest.BodyPublisher publisher :
        List.of(
            HttpRequest.BodyPublishers.ofString(body),
            HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))) {
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(system.root() + "/api/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(publisher)
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(
      strings = {
        "/operator/v1/tenants",
        "/operator;x/v1/tenants",
        "//operator/v1/tenants",
        "/./operator/v1/tenants",
        "/docs/../operator/v1/tenants",
        "/%6fperator/v1/tenants",
        "/operator%2fv1/tenants",
        "/scanner/v1/hello",
        "/%73canner/v1/hello",
        "/metrics",
        "/metrics/application",
        "/%6detrics",
        "/console",
        "/console.xhtml",
        "/%63onsole",
      })
  void theOperatorsPlaneIsNotReachedFromThePublicOne(String path) throws Exception {
    String answer =
        raw(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(path, Files.readString(data.resolve("operator-token")).strip())
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer)
        .satisfiesAnyOf(
            text -> assertThat(text).startsWith("HTTP/1.1 404"),
            text -> assertThat(text).startsWith("HTTP/1.1 400"));
  }

  @Test
  @Order(4)
  void operatorsAreAnsweredOnTheirOwnPlaneAndHealthIsDetailedThereOnly() throws Exception {
    assertThat(Customer.json(system.operated("/health")).path("checks")).isNotEmpty();
    assertThat(system.get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(system.get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  @Order(4)
  void metricsFollowTheRulesOfPrometheus() throws Exception {
    String text = system.metricsWith("nettrace_spool_dropped_bursts_total{");
    Map<String, String> types = new TreeMap<>();
    Set<String> explained = new TreeSet<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else if (line.startsWith("# HELP ") && words.length == 4) {
        explained.add(words[2]);
      }
    }
    assertThat(explained).isEqualTo(types.keySet());
    assertThat(types.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    types.forEach(
        (name, type) ->
            assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter")));
    assertThat(types)
        .containsEntry("nettrace_http_request_seconds", "histogram")
        .containsEntry("nettrace_http_refused_total", "counter")
        .containsEntry("nettrace_database_use_seconds", "histogram")
        .containsEntry("nettrace_database_connections_in_use", "gauge")
        .containsEntry("nettrace_samples_stored_total", "counter")
        .containsEntry("nettrace_spool_dropped_bursts_total", "counter")
        .containsEntry("jvm_memory_used_bytes", "gauge");
    assertThat(text)
        .containsPattern(
            "nettrace_http_request_seconds_count\\{kind=\"page\",listener=\"public\",status=\"2xx\"}"
                + " [1-9]")
        .containsPattern("nettrace_database_use_seconds_count\\{pool=\"platform\"} [1-9]")
        .contains("nettrace_http_refused_total{reason=\"misdirected\"}")
        .contains("nettrace_http_refused_total{reason=\"method-not-allowed\"}");
  }

  @Test
  @Order(4)
  void preflightsOfOneAddressAreBounded() throws Exception {
    HttpRequest preflight =
        HttpRequest.newBuilder(system.root().resolve("/api/v1/targets"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", "https://dashboard.example")
            .header("Access-Control-Request-Method", "GET")
            .header("X-Forwarded-For", "203.0.113.77")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Set<Integer> statuses = new TreeSet<>();
      for (int i = 0; i < MOST_PREFLIGHTS && !statuses.contains(429); i++) {
        statuses.add(client.send(preflight, HttpResponse.BodyHandlers.discarding()).statusCode());
      }
      assertThat(statuses).containsExactly(204, 429);
    }
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(
      strings = {
        "/%zz",
        "/%",
        "/api/v1/latency/%",
        "/docs/%u0000",
        "/%4",
        "/..",
        "/docs/../x",
        "/%2e%2e",
        "/api/v1/latency/%00",
        "/api/v1/latency/%FF"
      })
  void aMalformedAddressIsRefusedWithAReasonAndNoTrace(String path) throws Exception {
    int before = system.output().length();

    String answer = get(path, "");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "In this request the address ");
    assertThat(system.output().substring(before)).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @Order(6)
  @CsvSource({"BREW, /", "TRACK, /docs", "PROPFIND, /api/v1/targets", "get, /docs"})
  void aMethodThatIsNoneIsRefused(String method, String path) throws Exception {
    String answer =
        raw(
            "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(method, path)
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer).startsWith("HTTP/1.1 405").contains("method-not-allowed");
  }

  @ParameterizedTest
  @Order(7)
  @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.2"})
  void anotherHostsNameIsMisdirected(String host) throws Exception {
    String answer =
        raw(
            "GET /sign-in HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(host)
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("evil");
  }

  @Test
  @Order(8)
  void clientsAreSentOnToPathsAndNeverToAHostThatTheyNamed() throws Exception {
    assertThat(header(get("/overview", ""), "Location")).startsWith("/sign-in");
    for (String folder : List.of("/account", "/acc%6Funt", "/assets", "/WEB-INF", "/META-INF")) {
      String answer =
          raw(
              "GET %s HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .formatted(folder)
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(answer).as(folder).startsWith("HTTP/1.1 4").doesNotContain("evil");
    }
  }

  @ParameterizedTest
  @Order(9)
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/openapi",
        "/api/v1/targets",
        "/nothing",
        "/health",
        "/health/live",
        "/health/ready",
        "/health/nothing",
        "/WEB-INF/web.xml",
        "/%zz"
      })
  void everyAnswerHasItsDateAndWhatBrowsersAreTold(String path) throws Exception {
    String answer = get(path, "");
    assertThat(header(answer, "Date")).isNotEmpty();
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(answer, "Referrer-Policy")).isNotEmpty();
  }

  @Test
  @Order(10)
  void theFilesThatProgramsLookForAreWhereTheyLook() throws Exception {
    String security = get("/.well-known/security.txt", "");
    assertThat(security).startsWith("HTTP/1.1 200").contains("\nContact: mailto:security@");
    assertThat(header(security, "Content-Type")).startsWith("text/plain");
    String fields = security.substring(security.indexOf("\r\n\r\n")).strip();
    assertThat(header(fields, "Canonical")).endsWith("/.well-known/security.txt");
    assertThat(Instant.parse(header(fields, "Expires")))
        .as("RFC 9116: less than a year ahead")
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(365)));
    String robots = get("/robots.txt", "");
    assertThat(robots).startsWith("HTTP/1.1 200").contains("\nDisallow: /api/\n");
    assertThat(header(robots, "Content-Type")).startsWith("text/plain");
    String favicon = get("/favicon.ico", "");
    assertThat(favicon).startsWith("HTTP/1.1 200").contains("<svg ");
    assertThat(header(favicon, "Content-Type")).startsWith("image/svg+xml");
    String password = get("/.well-known/change-password", "");
    assertThat(password).startsWith("HTTP/1.1 302");
    assertThat(header(password, "Location")).isEqualTo("/account/security");
    assertThat(get("/.well-known/nothing-is-here", ""))
        .as("password managers try whether anything is answered")
        .startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @Order(10)
  @ValueSource(strings = {"/", "/docs", "/pricing", "/openapi"})
  void whatAllStrangersGetHasAValidatorThatHolds(String path) throws Exception {
    for (String coding : List.of("identity", "gzip")) {
      String first = get(path, "Accept-Encoding: " + coding + "\r\n");
      String tag = header(first, "ETag");
      assertThat(tag).startsWith("\"").endsWith("\"");
      String again =
          get(path, "Accept-Encoding: " + coding + "\r\nIf-None-Match: \"other\", " + tag + "\r\n");
      if (!path.equals("/")) { // its figures move
        assertThat(again).startsWith("HTTP/1.1 304");
        assertThat(header(again, "ETag")).isEqualTo(tag);
      }
    }
  }

  @Test
  @Order(11)
  void slowBodiesHoldNobodyUpAndAreEnded() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_BODIES; i++) {
        Socket socket = connect();
        // each from an address of its own, as a proxy that is trusted says
        socket
            .getOutputStream()
            .write(
                """
                POST /api/v1/sessions HTTP/1.1\r
                Host: localhost\r
                X-Forwarded-For: 198.51.100.%d\r
                Content-Type: application/json\r
                Content-Length: 1000\r
                \r
                {\
                """
                    .formatted(i % 250)
                    .getBytes(StandardCharsets.ISO_8859_1));
        slow.add(socket);
      }
      assertEverybodyIsServed();
      assertThat(slow.stream().map(FrontDoorIT::status).distinct())
          .isSubsetOf("HTTP/1.1 408", "HTTP/1.1 429", "HTTP/1.1 503")
          .contains("HTTP/1.1 408");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertEverybodyIsServed();
  }

  @Test
  @Order(12)
  void aFloodOfPagesLeavesPeopleAndTheApiTheirShare() throws Exception {
    try (ExecutorService flood = Executors.newFixedThreadPool(FLOOD_AT_ONCE)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        String path = List.of("/docs", "/status", "/sign-up", "/nothing-" + i).get(i % 4);
        answers.add(flood.submit(() -> page(path)));
      }
      assertEverybodyIsServed();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(200, 404, 429, 503);
      }
    }
    assertEverybodyIsServed();
  }

  /** What an HTTP/1.1 client can do that is nearest to the resets of HTTP/2. */
  @Test
  @Order(13)
  void requestsThatAreResetAtOnceCostNothing() throws Exception {
    for (int i = 0; i < RESETS; i++) {
      try (Socket socket = connect()) {
        socket.setSoLinger(true, 0);
        socket
            .getOutputStream()
            .write("GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      }
    }
    assertEverybodyIsServed();
    assertThat(system.output()).doesNotContain("OutOfMemoryError");
  }

  @Test
  @Order(14)
  @Timeout(120)
  void streamsAreFewForOneSessionAndEndWithIt() throws Exception {
    Customer customer = customer("streams");
    String session = customer.authorization().substring("Session ".length());
    List<Socket> streams = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        Socket socket = connect();
        socket
            .getOutputStream()
            .write(
                """
                GET /live HTTP/1.1\r
                Host: localhost\r
                X-Forwarded-For: 198.51.100.%d\r
                Cookie: nettrace-session=%s\r
                \r
                """
                    .formatted(i % 250, session)
                    .getBytes(US_ASCII));
        streams.add(socket);
      }
      assertEverybodyIsServed();
      List<Socket> open = new ArrayList<>();
      for (Socket stream : streams) {
        String status = status(stream);
        assertThat(status).isIn("HTTP/1.1 200", "HTTP/1.1 429", "HTTP/1.1 503");
        if (status.endsWith("200")) {
          open.add(stream);
        }
      }
      // each stream more than a session may have ended its oldest
      while (open.size() > STREAMS_OF_SESSION) {
        open.removeIf(FrontDoorIT::hasEnded);
      }
      assertThat(open).hasSize(STREAMS_OF_SESSION);

      String id =
          Customer.json(customer.signedIn("GET", "/api/v1/sessions")).findPath("id").asText();
      assertThat(customer.signedIn("DELETE", "/api/v1/sessions/" + id).statusCode()).isEqualTo(204);
      while (!open.isEmpty()) {
        open.removeIf(FrontDoorIT::hasEnded);
      }
    } finally {
      for (Socket stream : streams) {
        stream.close();
      }
    }
    assertEverybodyIsServed();
  }

  @Test
  @Order(15)
  void aStateOfAPageThatIsNoneIsRefusedAndTellsNothing() throws Exception {
    String session = customer("state").authorization().substring("Session ".length());
    String form = "jakarta.faces.ViewState=AAAA&form=form";
    for (String page : List.of("/sign-in", "/account/targets", "/overview", "/account/keys")) {
      String answer =
          raw(
              """
              POST %s HTTP/1.1\r
              Host: localhost\r
              Origin: %s\r
              Cookie: nettrace-session=%s\r
              Content-Type: application/x-www-form-urlencoded\r
              Content-Length: %d\r
              Connection: close\r
              \r
              %s\
              """
                  .formatted(page, system.root(), session, form.length(), form)
                  .getBytes(US_ASCII));
      assertThat(answer)
          .as(page)
          .startsWith("HTTP/1.1 ")
          .doesNotStartWith("HTTP/1.1 5")
          .doesNotContain("jakarta.", "java.", "Exception", "org.apache");
    }
    assertThat(system.output().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
  }

  /** Whether all that came so far is followed by the end. */
  private static boolean hasEnded(Socket stream) {
    byte[] some = new byte[1 << 16];
    try {
      stream.setSoTimeout(A_MOMENT_MILLIS);
      for (int reads = 0; reads < MOST_READS; reads++) {
        if (stream.getInputStream().read(some) < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Customer customer(String slug) throws Exception {
    Customer customer = new Customer(system.root(), system.operations(), data, slug);
    customer.signUp();
    return customer;
  }

  @Test
  @Order(16)
  void itsFilesAreItsOwn() throws Exception {
    assertThat(Files.getPosixFilePermissions(data))
        .containsOnly(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    try (Stream<Path> all = Files.walk(data)) {
      assertThat(all.filter(path -> !Files.isSymbolicLink(path)))
          .noneMatch(FrontDoorIT::isWritableByOthers);
    }
    try (Stream<Path> spool = Files.list(data.resolve("spool"))) {
      assertThat(spool).noneMatch(FrontDoorIT::isReadableByOthers);
    }
  }

  @Test
  @Order(17)
  void noSecretStandsInTheProcessListOrTheJournal() throws Exception {
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("secrets"))) {
      for (Path file : files.toList()) {
        secrets.add(Files.readString(file).strip());
      }
    }
    String commands =
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .reduce("", (all, line) -> all + "\n" + line);
    assertThat(secrets).isNotEmpty();
    for (String secret : secrets) {
      assertThat(commands).doesNotContain(secret);
      assertThat(system.output()).doesNotContain(secret);
    }
  }

  @Test
  @Order(18)
  void aServerThatIsKilledIsStartedAgainAndMeasuringGoesOn() throws Exception {
    long before = system.serverPid();
    long scanner = system.scannerPid();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    RunningSystem.awaitEnd(before);

    system.awaitServing();

    assertThat(system.serverPid()).isNotEqualTo(before);
    assertThat(system.scannerPid()).isEqualTo(scanner);
    JsonNode first = system.json("/api/v1/latency/www.nyse.com");
    system.await(
        "a newer measurement",
        "/api/v1/latency/www.nyse.com",
        answer ->
            !answer
                .findPath("observed_at")
                .asText()
                .equals(first.findPath("observed_at").asText()));
  }

  /** The process lives, and a customer with a key is answered. */
  private static void assertEverybodyIsServed() {
    assertThat(system.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(system.get("/api/v1/targets").statusCode()).isEqualTo(200);
  }

  private static int page(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(system.root() + path))
                  .header("Accept", "text/html")
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String status(Socket socket) {
    try {
      socket.setSoTimeout((int) PROMPT.toMillis());
      byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 408".length());
      return new String(begin, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String get(String path, String headers) throws IOException {
    return raw(
        "GET %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\n\r\n"
            .formatted(path, headers)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String header(String answer, String name) {
    return answer
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** Sends bytes and reads until the server closes. */
  private static String raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout((int) PROMPT.toMillis());
      socket.getOutputStream().write(request);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(answer);
      } catch (SocketTimeoutException e) {
        // what came is the answer
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), system.httpPort());
  }

  private static boolean isWritableByOthers(Path path) {
    return has(path, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);
  }

  private static boolean isReadableByOthers(Path path) {
    return has(path, PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_READ);
  }

  private static boolean has(Path path, PosixFilePermission... any) {
    try {
      return Stream.of(any).anyMatch(Files.getPosixFilePermissions(path)::contains);
    } catch (java.nio.file.NoSuchFileException e) {
      return false; // a database makes and removes files all the time
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
