package io.nettrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.client.ApiAnswers;
import io.nettrace.client.Ask;
import io.nettrace.client.Feed;
import io.nettrace.client.NetTrace;
import io.nettrace.client.ProblemException;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.scanner.Acknowledgement;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.Wire;
import io.nettrace.testing.Customer;
import io.nettrace.testing.SharedPostgres;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged application on the real server: a scanner knocks and delivers, a client reads, and
 * every answer is held against the OpenAPI document that the server itself hands out.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final URI ROOT = URI.create("http://localhost:" + System.getProperty("it.port"));
  private static final String TOKEN = "integration-test-token";
  private static final Path DATA = Path.of(System.getProperty("it.data"));
  private static final UUID SPOOL = UUID.randomUUID();
  private static final String NYSE = "www.nyse.com";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Deployment(testable = false)
  static WebArchive application() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/nettrace.war"));
  }

  @Test
  @Order(1)
  void beforeTheFirstScanThereIsACatalogueAndNothingMeasured() throws Exception {
    assertThat(json(get("/api/v1/targets")).at("/items")).hasSize(100);
    assertProblem(get("/api/v1/latency/" + NYSE), 404, "not-measured-yet");
  }

  @Test
  @Order(2)
  void aScannerIntroducesItselfAndIsToldWhatToMeasure() throws Exception {
    HttpResponse<byte[]> response = post("/scanner/v1/hello", Wire.write(hello(true)), TOKEN);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Wire.read(response.body(), Assignment.class).targets()).hasSize(100);
  }

  @Test
  @Order(3)
  void aRealScannerIsRefusedUnderASimulatedName() throws Exception {
    assertProblem(post("/scanner/v1/hello", Wire.write(hello(false)), TOKEN), 409, "vantage-point");
    assertProblem(
        post("/scanner/v1/deliveries", Wire.write(delivery(900, false, "a", 1)), TOKEN),
        409,
        "vantage-point");
  }

  @Test
  @Order(4)
  void aDeliveryIsStoredOnceAndAcknowledgedEachTime() throws Exception {
    byte[] delivery = Wire.write(delivery(1, true, "a b c", 1));
    assertThat(acknowledged(delivery).duplicate()).isFalse();
    assertThat(acknowledged(delivery).duplicate()).isTrue();
    assertThat(json(get("/api/v1/latency/" + NYSE + "/history")).at("/items")).hasSize(1);
  }

  @Test
  @Order(5)
  void whatCannotBeBelievedIsLeftOutAndTheRestIsStored() throws Exception {
    Delivery good = delivery(2, true, "a b c", 2);
    List<MeasuredBurst> bursts = new ArrayList<>(good.bursts());
    bursts.add(new MeasuredBurst("nobody", "nobody.example", good.bursts().getFirst().burst()));
    bursts.add(new MeasuredBurst("nyse", NYSE, burst(Instant.parse("1999-01-01T00:00:00Z"))));
    Delivery mixed =
        new Delivery(SPOOL, 2, "it-lab", true, good.sealedAt(), bursts, good.traces(), List.of());
    assertThat(acknowledged(Wire.write(mixed)).duplicate()).isFalse();
    assertThat(json(get("/api/v1/latency/" + NYSE + "/history")).at("/items")).hasSize(2);
  }

  @Test
  @Order(6)
  void aChangeOfRouteIsAskedToBeConfirmedAndThenRecorded() throws Exception {
    assertThat(acknowledged(Wire.write(delivery(3, true, "a x y", 3))).traceNow())
        .containsExactly("nyse");
    assertThat(acknowledged(Wire.write(delivery(4, true, "a x y", 4))).traceNow()).isEmpty();
    JsonNode changes = json(get("/api/v1/routes/" + NYSE + "/changes"));
    assertThat(changes.at("/items")).hasSize(1);
    assertThat(changes.at("/items/0/kind").asText()).isEqualTo("ip_path");
    assertThat(json(get("/api/v1/routes/" + NYSE)).at("/path/route_hash"))
        .isEqualTo(changes.at("/items/0/route_hash_after"));
  }

  @Test
  @Order(6)
  void theFeedOfEventsGoesOnFromItsCursorAndSaysWhenThereIsNothingNew() throws Exception {
    String feed = "/api/v1/changes?types=route_change&";
    JsonNode first = json(get(feed + "order=known_at"));
    assertThat(first.at("/items")).hasSize(1);
    assertThat(first.at("/more").asBoolean()).isFalse();
    assertThat(json(get(feed)).at("/items/0/id")).isEqualTo(first.at("/items/0/id"));
    String next = "/api/v1/changes?cursor=" + first.at("/next_cursor").asText();
    HttpResponse<byte[]> second = get(next);
    assertThat(json(second).at("/items")).isEmpty();
    assertThat(json(second).at("/next_cursor")).isEqualTo(first.at("/next_cursor"));
    String tag = second.headers().firstValue("ETag").orElseThrow();
    assertThat(send(request(next).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
    String known = first.at("/items/0/known_at").asText();
    assertThat(json(get(feed + "known_after=" + known)).at("/items")).isEmpty();
  }

  @Test
  @Order(7)
  void feedsOfOneTargetGoOnFromTheirCursorsAndNameWhatTheListingsName() throws Exception {
    for (String listing :
        List.of(
            "/api/v1/latency/" + NYSE + "/history",
            "/api/v1/routes/" + NYSE + "/traces",
            "/api/v1/routes/" + NYSE + "/changes")) {
      List<String> ids = new ArrayList<>();
      JsonNode page = json(get(listing + "?order=known_at&limit=1"));
      page.at("/items").forEach(item -> ids.add(item.path("id").asText()));
      while (page.at("/more").asBoolean()) {
        page = json(get(listing + "?limit=1&cursor=" + page.at("/next_cursor").asText()));
        page.at("/items").forEach(item -> ids.add(item.path("id").asText()));
      }
      assertThat(ids).as(listing).isNotEmpty().doesNotHaveDuplicates();
      assertThat(json(get(listing)).findValuesAsText("id"))
          .as(listing)
          .containsExactlyInAnyOrderElementsOf(ids);
      String next = listing + "?cursor=" + page.at("/next_cursor").asText();
      HttpResponse<byte[]> still = get(next);
      assertThat(json(still).at("/items")).as(listing).isEmpty();
      assertThat(json(still).at("/next_cursor")).isEqualTo(page.at("/next_cursor"));
      String tag = still.headers().firstValue("ETag").orElseThrow();
      assertThat(send(request(next).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
    }
    String history = "/api/v1/latency/" + NYSE + "/history?order=known_at";
    for (String wrong : List.of("&step=1h", "&format=csv", "&start=1767225600")) {
      assertProblem(get(history + wrong), 400, "invalid-parameter");
    }
  }

  @Test
  @Order(7)
  void aScannersMistakesAreToldApart() throws Exception {
    String path = "/scanner/v1/deliveries";
    assertProblem(post(path, new byte[0], "wrong"), 401, "scanner-token");
    assertProblem(post(path, bytes("{\"spool\":1}"), TOKEN), 400, "malformed-message");
    assertProblem(post(path, bytes("nonsense"), TOKEN), 400, "malformed-message");
    assertProblem(post(path, new byte[300_000], TOKEN), 413, "too-large");
    assertProblem(get(path), 405, "method-not-allowed");
  }

  @Test
  @Order(8)
  void anExportIsOrderedMadeAndFetchedInParts() throws Exception {
    String order =
        "{\"hosts\":[\"%s\"],\"start\":\"%s\"}"
            .formatted(NYSE, Instant.now().minus(Duration.ofDays(1)));
    JsonNode estimate = json(order("/api/v1/exports/estimate", order, 200));
    assertThat(estimate.at("/rows").asInt()).isEqualTo(4);
    HttpResponse<byte[]> accepted = order("/api/v1/exports", order, 202);
    String address = accepted.headers().firstValue("Location").orElseThrow();
    JsonNode export = onceDone(URI.create(address).getPath());
    JsonNode file = export.at("/files/0");
    assertThat(file.at("/rows").asInt()).isEqualTo(4);

    HttpResponse<byte[]> whole = get(file.at("/href").asText());
    assertThat(whole.body()).hasSize(file.at("/bytes").asInt());
    assertThat(sha256(whole.body())).isEqualTo(file.at("/sha256").asText());
    HttpResponse<byte[]> part =
        send(request(file.at("/href").asText()).header("Range", "bytes=10-"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 10, whole.body().length));
    HttpResponse<byte[]> beyond =
        send(request(file.at("/href").asText()).header("Range", "bytes=999999-"));
    assertProblem(beyond, 416, "range-not-satisfiable");
    assertThat(beyond.headers().firstValue("Content-Range"))
        .hasValue("bytes */" + file.at("/bytes").asInt());
    assertThat(json(get(export.at("/manifest").asText())).at("/files/0/sha256"))
        .isEqualTo(file.at("/sha256"));
  }

  @Test
  @Order(9)
  void anOrderThatCannotBeMeantIsRefused() throws Exception {
    assertOrderRefused("", 400, "invalid-body");
    assertOrderRefused("[1]", 400, "invalid-body");
    assertOrderRefused("{\"start\":\"2026-01-01T00:00:00Z\",\"hots\":[]}", 400, "invalid-body");
    assertOrderRefused("{}", 400, "invalid-parameter");
    assertOrderRefused("{\"start\":\"2150-01-01T00:00:00Z\"}", 400, "invalid-parameter");
    assertOrderRefused(
        "{\"start\":\"2026-01-01T00:00:00Z\",\"as_of\":\"2150-01-01T00:00:00Z\"}",
        400,
        "invalid-parameter");
    assertOrderRefused(
        "{\"start\":\"2026-01-01T00:00:00Z\",\"format\":\"xls\"}", 400, "invalid-parameter");
    assertOrderRefused(
        "{\"start\":\"2026-01-01T00:00:00Z\",\"hosts\":[\"nowhere.example\"]}",
        404,
        "unknown-host");
    assertProblem(get("/api/v1/exports/" + UUID.randomUUID()), 404, "unknown-export");
    assertProblem(get("/api/v1/exports/x"), 404, "unknown-export");
  }

  @Test
  @Order(10)
  void everythingDocumentedAnswersAsDocumented() throws Exception {
    JsonNode export = json(get("/api/v1/exports")).at("/items/0");
    String own =
        created("/api/v1/custom-targets", "{\"host\":\"%s\",\"port\":8443}".formatted(NYSE));
    String list =
        created("/api/v1/watch-lists", "{\"name\":\"close\",\"targets\":[\"%s\"]}".formatted(own));
    Customer somebody = new Customer(ROOT, DATA, "contract-reader");
    somebody.signUp();
    Contract contract =
        new Contract(
            document(),
            Map.of(
                "key_id",
                somebody.keyId(),
                "id",
                export.at("/id").asText(),
                "name",
                export.at("/files/0/name").asText(),
                "target_id",
                own,
                "list_id",
                list,
                "watch_list",
                list,
                "vantage_point",
                "it-lab",
                "start",
                Instant.now().minus(Duration.ofHours(1)).toString(),
                "end",
                Instant.now().toString(),
                "known_after",
                Instant.now().minus(Duration.ofHours(1)).toString()),
            (address, signedIn) ->
                send(
                    signedIn
                        ? bare(address).header("Authorization", somebody.authorization())
                        : request(address)));
    assertThat(contract.checkEverything()).hasSizeGreaterThan(100);
    for (String address : List.of("/api/v1/watch-lists/" + list, "/api/v1/custom-targets/" + own)) {
      assertThat(send(request(address).DELETE()).statusCode()).as(address).isEqualTo(204);
    }
  }

  /** The id of what a body makes. */
  private static String created(String path, String body) throws Exception {
    return json(order(path, body, 201)).path("id").asText();
  }

  @Test
  @Order(11)
  void theJavaClientReadsPagesSeriesPathsAndFiles(@TempDir Path folder) throws Exception {
    Ask day = Ask.range(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    try (NetTrace client = new NetTrace(ROOT, key())) {
      assertThat(client.bursts(NYSE, day.with("limit", "1")))
          .hasSize(4)
          .allSatisfy(burst -> assertThat(burst.sent()).isEqualTo(10));
      assertThat(client.summary(NYSE, day.percentiles("50")).rttMs()).containsKey("p50");
      assertThat(client.series(NYSE, day.step("1h")).items())
          .allSatisfy(point -> assertThat(point.lossRatio()).isEqualTo(0.1));
      assertThat(client.latency(NYSE).state()).isEqualTo("reachable");
      assertThat(client.changes(NYSE, day)).hasSize(1);
      assertThat(client.events(day.with("types", "route_change")))
          .extracting(ApiAnswers.Event::host)
          .containsExactly(NYSE);
      Feed<ApiAnswers.Burst> bursts =
          client.burstFeed(NYSE, Ask.knownAfter(Instant.now().minus(Duration.ofHours(1))));
      assertThat(bursts.poll()).hasSize(4).allSatisfy(burst -> assertThat(burst.id()).isNotNull());
      assertThat(bursts.more()).isFalse();
      assertThat(bursts.poll()).isEmpty();
      assertThat(client.burstFeed(NYSE, Ask.cursor(bursts.cursor())).poll()).isEmpty();
      assertThat(client.traceFeed(NYSE, Ask.usual()).poll())
          .hasSameSizeAs(client.traces(NYSE, day).toList())
          .isNotEmpty();
      assertThat(client.changeFeed(NYSE, Ask.usual()).poll()).hasSize(1);
      assertThat(client.eventFeed(Ask.usual().with("types", "route_change")).poll()).hasSize(1);
      assertThat(client.diff(NYSE, Instant.now(), Instant.now()).same()).isTrue();
      assertThat(client.route(NYSE, Instant.now()).snapshot()).isNotNull();

      Path file = folder.resolve("nyse");
      ApiAnswers.Export done =
          client.export(UUID.fromString(json(get("/api/v1/exports")).at("/items/0/id").asText()));
      Files.write(file, new byte[0]);
      client.fetch(done.files().getFirst(), file);
      assertThat(file).hasSize(Objects.requireNonNull(done.files().getFirst().bytes()));
      assertThatThrownBy(() -> client.latency("nowhere.example"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("unknown-host")
          .hasMessageNotContaining(key());
    }
  }

  @Test
  @Order(12)
  void anAnswerTravelsPackedUnderAValidatorOfItsOwn() throws Exception {
    String address = "/api/v1/targets";
    HttpResponse<byte[]> packed = send(request(address).header("Accept-Encoding", "gzip"));
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(get(address).body());
    String tag = packed.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isNotEqualTo(get(address).headers().firstValue("ETag").orElseThrow());
    HttpResponse<byte[]> same = send(request(address).header("If-None-Match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("ETag")).contains(tag);
    assertThat(
            send(request(address).header("Accept-Encoding", "gzip;q=0"))
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  @Order(14)
  void whoKnowsNothingOfUsFindsTheDocument() throws Exception {
    HttpResponse<byte[]> catalogue = send(bare("/.well-known/api-catalog"));
    assertThat(catalogue.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/linkset+json");
    String document = json(catalogue).at("/linkset/0/service-desc/0/href").asText();
    assertThat(json(send(bare(document + "?format=JSON"))).at("/openapi").asText())
        .startsWith("3.0");
  }

  @Test
  @Order(13)
  void aDeletedExportIsGone() throws Exception {
    String id = json(get("/api/v1/exports")).at("/items/0/id").asText();
    HttpRequest.Builder delete = request("/api/v1/exports/" + id).DELETE();
    assertThat(send(delete).statusCode()).isEqualTo(204);
    assertThat(send(delete).statusCode()).isEqualTo(204);
    assertProblem(get("/api/v1/exports/" + id + "/manifest"), 410, "export-gone");
  }

  @Test
  @Order(19)
  void everyDocumentedRefusalIsReal() throws Exception {
    String latency = "/api/v1/latency/";
    assertProblem(get(latency + "nowhere.example"), 404, "unknown-host");
    assertProblem(get(latency + NYSE + "?vantage_point=moon"), 404, "unknown-vantage-point");
    assertProblem(get(latency + NYSE + "?vantagepoint=x"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?limit=501"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?start=yesterday"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?start=2&end=1"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?cursor=AAAA"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "?limit=1&limit=2"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?start=2026-01-01"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?start=1"), 400, "invalid-parameter");
    assertProblem(
        get(latency + NYSE + "/history?as_of=2150-01-01T00:00:00Z"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?step=7x"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?step=1s"), 400, "invalid-parameter");
    assertProblem(
        get(latency + NYSE + "/history?step=1h&percentiles=101"), 400, "invalid-parameter");
    assertProblem(get(latency + NYSE + "/history?fields=colour"), 400, "invalid-parameter");
    Instant longAgo = Instant.now().minus(Duration.ofDays(30));
    assertProblem(get("/api/v1/routes/" + NYSE + "?at=" + longAgo), 404, "no-path-then");
    assertProblem(
        get("/api/v1/routes/" + NYSE + "?at=2001-01-01T00:00:00Z"), 403, "history-beyond-plan");
    assertProblem(get("/api/v1/compare?hosts=www.nyse.com"), 400, "invalid-parameter");
    assertProblem(get("/api/v1/rankings?metric=speed"), 400, "invalid-parameter");
    assertProblem(get("/api/v1/targets?category=" + "x".repeat(3000)), 414, "uri-too-long");
    assertProblem(get("/api/v1/nothing"), 404, "not-found");
    assertProblem(get("/nothing"), 404, "not-found");
    assertProblem(
        send(request("/api/v1/targets").POST(BodyPublishers.noBody())), 405, "method-not-allowed");
    assertProblem(
        send(request("/api/v1/targets").header("Accept", "image/png")), 406, "not-acceptable");
  }

  /** Behind the files and pages that are served lie the program and its settings. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/overview.xhtml",
        "/assets/../WEB-INF/web.xml",
        "/assets/../overview.xhtml",
        "SUM/../WEB-INF/web.xml",
        "SUM/../../WEB-INF/web.xml",
        "SUM/%2e%2e/WEB-INF/web.xml",
        "SUM/%252e%252e/WEB-INF/web.xml",
        "SUM/..;x=1/WEB-INF/web.xml",
        "SUM/..%2fWEB-INF/web.xml",
        "SUM/./../WEB-INF/web.xml",
        "SUM/../console.xhtml",
        "SUM/../WEB-INF/pages/refused.xhtml",
        "/webjars/../WEB-INF/web.xml",
        "/webjars/../console.xhtml",
        "/jakarta.faces.resource/../console.xhtml",
        "/jakarta.faces.resource/%2e%2e/console.xhtml",
        "/jakarta.faces.resource/../WEB-INF/web.xml.xhtml",
        "/target/../WEB-INF/web.xml",
        "/api/../WEB-INF/web.xml",
        "/api/v1/../../console.xhtml"
      })
  void noAddressLeadsToWhatLiesBehindThePages(String address) throws Exception {
    Matcher sum = Pattern.compile("/assets/[0-9a-f]{8}").matcher(text(send(bare("/"))));
    assertThat(sum.find()).isTrue();
    assertThat(send(bare(sum.group() + "/base.css")).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> answer = send(bare(address.replace("SUM", sum.group())));
    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(text(answer)).doesNotContain("web-app", "xmlns");
  }

  @Test
  @Order(20)
  void nobodyPassesWithoutAKey() throws Exception {
    assertProblem(send(bare("/api/v1/targets")), 401, "key-missing");
    assertProblem(send(bare("/api/v1/nothing")), 404, "not-found");
    assertProblem(send(bare("/api/v1/targets").header("X-API-Key", "abc")), 401, "key-malformed");
    String unknown = "ntk_live_" + "0".repeat(30) + "1PuyhC";
    assertThat(send(bare("/api/v1/targets").header("X-API-Key", unknown)).statusCode())
        .isEqualTo(401);
    assertThat(
            send(bare("/api/v1/targets").header("Authorization", "Bearer " + key())).statusCode())
        .isEqualTo(200);
    assertProblem(get("/api/v1/targets?api_key=" + key()), 400, "key-in-address");
  }

  @Test
  @Order(21)
  void anUnchangedAnswerIsNotSentAgain() throws Exception {
    HttpResponse<byte[]> first = get("/api/v1/latency/" + NYSE);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> second =
        send(request("/api/v1/latency/" + NYSE).header("If-None-Match", tag));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    for (String other :
        List.of(
            tag.replace("\"", ""), tag.substring(0, tag.length() - 1), "\"x" + tag.substring(1))) {
      assertThat(
              send(request("/api/v1/latency/" + NYSE).header("If-None-Match", other)).statusCode())
          .as(other)
          .isEqualTo(200);
    }
    assertThat(
            send(request("/api/v1/latency/" + NYSE)
                    .header("If-None-Match", "\"other\"")
                    .header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(304);
    HttpResponse<byte[]> head =
        send(
            request("/api/v1/latency/" + NYSE).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).contains(tag);
  }

  @Test
  @Order(21)
  void timesThatCannotBeMeantAreRefusedByTheirName() throws Exception {
    for (String time :
        List.of(
            "1767225600000",
            "2199-01-01T00:00:00Z",
            "31556889864403199",
            "2016-12-31T23:59:60Z",
            "-1",
            "1767225600.5",
            "",
            "%D9%A1%D9%A7%D9%A6%D9%A7%D9%A2%D9%A2%D9%A5%D9%A6%D9%A0%D9%A0")) {
      for (String address :
          List.of(
              "/api/v1/routes/" + NYSE + "?at=",
              "/api/v1/routes/" + NYSE + "/diff?b=1767225600&a=",
              "/api/v1/latency/" + NYSE + "/history?start=",
              "/api/v1/changes?known_after=",
              "/api/v1/latency/" + NYSE + "/history?as_of=")) {
        assertProblem(get(address + time), 400, "invalid-parameter");
      }
    }
    assertThat(text(get("/api/v1/routes/" + NYSE + "?at=1767225600000"))).contains("milliseconds");
  }

  @Test
  @Order(22)
  void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
    Set<String> times = new TreeSet<>();
    String next = "/api/v1/latency/" + NYSE + "/history?limit=1";
    int pages = 0;
    while (!next.isEmpty()) {
      HttpResponse<byte[]> page = get(next);
      assertThat(json(page).at("/items")).hasSize(1);
      times.add(json(page).at("/items/0/observed_at").asText());
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.replaceAll("<(.*)>.*", "$1"))
              .orElse("");
      pages++;
    }
    assertThat(times).hasSize(4).hasSize(pages);
  }

  @Test
  @Order(23)
  void anExportHasALinePerBurst() throws Exception {
    HttpResponse<byte[]> csv = send(request("/api/v1/export/" + NYSE).header("Accept", "text/csv"));
    assertThat(csv.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(text(csv).lines()).hasSize(5);
    assertThat(text(get("/api/v1/export/" + NYSE + "?format=csv"))).isEqualTo(text(csv));
  }

  @Test
  @Order(24)
  void healthSaysThatItIsReadyAndWhenTheScannerSpoke() throws Exception {
    JsonNode health = json(send(bare("/health/ready")));
    assertThat(health.at("/status").asText()).isEqualTo("UP");
    assertThat(health.toString()).contains("it-lab.last_heard_seconds_ago");
  }

  @Test
  @Order(25)
  void withoutADatabaseTheNewestIsStillServedAndThePastIsNotAvailableForNow() throws Exception {
    Customer visitor = new Customer(ROOT, DATA, "portal-visitor");
    visitor.signUp();
    String history = "/api/v1/latency/" + NYSE + "/history";
    List<String> pages = List.of("/overview", "/target/nyse");
    for (String page : pages) {
      assertThat(send(page(visitor, page)).statusCode()).as(page).isEqualTo(200);
    }
    AtomicBoolean over = new AtomicBoolean();
    Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService load = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        load.execute(
            () -> {
              while (!over.get()) {
                isServedOrAskedToComeBack(visitor, statuses, wrong);
              }
            });
      }
      try {
        SharedPostgres.withdraw(System.getProperty("it.db.url"));
        try {
          assertProblem(get(history), 503, "database-unavailable");
          assertThat(get("/api/v1/latency/" + NYSE).statusCode()).isEqualTo(200);
          for (String page : pages) {
            assertFaultPage(onceNotServed(visitor, page));
          }
          while (!statuses.containsAll(Set.of(200, 503))) {
            Thread.onSpinWait();
          }
        } finally {
          SharedPostgres.giveBack(System.getProperty("it.db.url"));
        }
        assertThat(onceAvailable(history)).isEqualTo(200);
      } finally {
        over.set(true);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(statuses).containsExactlyInAnyOrder(200, 503);
    for (String page : pages) {
      assertThat(send(page(visitor, page)).statusCode()).as(page).isEqualTo(200);
    }
  }

  /** One call each of what stands in memory, in the record, and on a page. */
  private static void isServedOrAskedToComeBack(
      Customer visitor, Set<Integer> statuses, List<String> wrong) {
    try {
      String latency = "/api/v1/latency/" + NYSE;
      for (HttpRequest.Builder call :
          List.of(request(latency), request(latency + "/history"), page(visitor, "/overview"))) {
        HttpResponse<byte[]> answer = send(call);
        statuses.add(answer.statusCode());
        boolean isServed = answer.statusCode() == 200;
        boolean isToComeBack =
            answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent();
        if (!isServed && !isToComeBack) {
          wrong.add(answer.uri() + " " + answer.statusCode() + " " + text(answer));
        }
      }
    } catch (Exception e) {
      wrong.add(e.toString());
    }
  }

  /** A page may be made of what is in memory for a while. */
  private static HttpResponse<byte[]> onceNotServed(Customer visitor, String page)
      throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    HttpResponse<byte[]> answer = send(page(visitor, page));
    while (answer.statusCode() == 200 && System.nanoTime() < deadline) {
      answer = send(page(visitor, page));
    }
    return answer;
  }

  private static void assertFaultPage(HttpResponse<byte[]> answer) {
    String shown = text(answer);
    assertThat(answer.statusCode()).as("%s %s", answer.uri(), shown).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(shown)
        .containsPattern("trace <code>[0-9a-f]{32}</code>")
        .doesNotContain("Exception", "\tat ");
  }

  private static HttpRequest.Builder page(Customer visitor, String path) {
    return bare(path)
        .header("Accept", "text/html")
        .header("Cookie", "nettrace-session=" + visitor.authorization().replace("Session ", ""));
  }

  @Test
  @Order(26)
  void whatWritesRefusesWhatIsWrongAsDocumented() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    assertThat(writes(softly).refusesWhatIsWrong()).isGreaterThan(400);
    softly.assertAll();
  }

  @Test
  @Order(27)
  void theExamplesOfWhatWritesAreAnsweredAsTheirNamesSay() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    assertThat(writes(softly).answersItsExamples()).hasSizeGreaterThan(40);
    softly.assertAll();
  }

  private static Writes writes(SoftAssertions softly) throws Exception {
    Contract contract = new Contract(document(), Map.of(), (address, _) -> get(address));
    return new Writes(contract, new Writers(ROOT, DATA), softly);
  }

  @Test
  @Order(28)
  void callsWithOneKeyThatComeAtOnceAreDoneOnce() throws Exception {
    Customer customer = new Writers(ROOT, DATA).customer();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int round = 0; round < 5; round++) {
        String key = "round " + round;
        CyclicBarrier start = new CyclicBarrier(6);
        List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          // the last one sends another body under the same key
          String body = "{\"name\":\"%s\"}".formatted(i == 5 ? "other " + key : key);
          calls.add(
              () -> {
                start.await();
                return onceDone(customer, key, body);
              });
        }
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        for (Future<HttpResponse<byte[]>> answer : threads.invokeAll(calls)) {
          answers.add(answer.get());
        }
        HttpResponse<byte[]> other = answers.removeLast();
        // whoever came first is done; the other kind is refused
        boolean otherWon = other.statusCode() == 201;
        if (!otherWon) {
          assertProblem(other, 422, "idempotency-key-reused");
          assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
          assertThat(answers).extracting(ServerIT::text).containsOnly(text(answers.getFirst()));
        } else {
          for (HttpResponse<byte[]> answer : answers) {
            assertProblem(answer, 422, "idempotency-key-reused");
          }
        }
        String named = json(send(lists(customer))).path("items").toString();
        assertThat(named.split("round " + round, -1)).as(named).hasSize(2);
      }
    }
  }

  /** Asks again for as long as the same call is being answered. */
  private static HttpResponse<byte[]> onceDone(Customer customer, String key, String body)
      throws Exception {
    while (true) {
      HttpResponse<byte[]> answer =
          send(
              lists(customer)
                  .header("Idempotency-Key", key)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      if (!text(answer).contains(":idempotency-in-progress")) {
        return answer;
      }
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }
  }

  private static HttpRequest.Builder lists(Customer customer) {
    return bare("/api/v1/watch-lists").header("Authorization", customer.authorization());
  }

  private static int onceAvailable(String path) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    int status = get(path).statusCode();
    while (status == 503 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      status = get(path).statusCode();
    }
    return status;
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String type)
      throws Exception {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
    JsonNode problem = json(response);
    assertThat(problem.at("/type").asText()).isEqualTo("urn:nettrace:problem:" + type);
    assertThat(problem.at("/status").asInt()).isEqualTo(status);
    if (response.uri().getPath().startsWith("/scanner/")) {
      return; // whose types are between us and our scanners
    }
    ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/Problem");
    new Contract(document(), Map.of(), (address, _) -> get(address)).assertFits(schema, response);
  }

  private static void assertOrderRefused(String body, int status, String type) throws Exception {
    assertProblem(order("/api/v1/exports", body, status), status, type);
  }

  private static HttpResponse<byte[]> order(String path, String body, int status) throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    return response;
  }

  private static JsonNode onceDone(String path) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    JsonNode export = json(get(path));
    while (!export.at("/state").asText().equals("done") && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      export = json(get(path));
    }
    assertThat(export.at("/state").asText()).isEqualTo("done");
    return export;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static JsonNode document() throws Exception {
    return json(send(bare("/openapi?format=JSON")));
  }

  private static Acknowledgement acknowledged(byte[] delivery) throws Exception {
    HttpResponse<byte[]> response = post("/scanner/v1/deliveries", delivery, TOKEN);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return Wire.read(response.body(), Acknowledgement.class);
  }

  private static Hello hello(boolean simulated) {
    return new Hello(
        Hello.CONTRACT_VERSION, "it-lab", simulated, ProbeMode.RAW, SPOOL, SPOOL, SpoolState.EMPTY);
  }

  /** One burst and one trace of one target; routers are named by letters. */
  private static Delivery delivery(long sequence, boolean simulated, String routers, int second) {
    Instant at = Instant.now().minusSeconds(60 - (long) second);
    return new Delivery(
        SPOOL,
        sequence,
        "it-lab",
        simulated,
        at,
        List.of(new MeasuredBurst("nyse", NYSE, burst(at))),
        List.of(new MeasuredTrace("nyse", NYSE, MeasuredTrace.Cause.SCHEDULED, trace(at, routers))),
        List.of());
  }

  private static Burst burst(Instant at) {
    List<ProbeOutcome> outcomes =
        Stream.concat(
                Stream.of(new ProbeOutcome.TimedOut()),
                Stream.iterate(1_000_000L, n -> n + 100_000)
                    .limit(9)
                    .map(n -> new ProbeOutcome.Replied(address('t'), n)))
            .map(ProbeOutcome.class::cast)
            .toList();
    return Burst.of(at, address('t'), Protocol.ICMP, ProbeMode.RAW, outcomes);
  }

  private static Trace trace(Instant at, String routers) {
    List<Hop> hops = new ArrayList<>();
    for (String router : (routers + " t").split(" ", -1)) {
      boolean target = router.equals("t");
      hops.add(
          new Hop(
              hops.size() + 1,
              target ? HopState.DESTINATION : HopState.ANSWERED,
              List.of(new HopReply(address(router.charAt(0)), 1_000_000, List.of()))));
    }
    return new Trace(
        at, address('t'), Protocol.ICMP, ProbeMode.RAW, hops, TraceEnd.DESTINATION_REACHED);
  }

  private static InetAddress address(char letter) {
    return InetAddress.ofLiteral("192.0.2." + (letter - 'a' + 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String key() throws Exception {
    return Files.readString(DATA.resolve("demo-api-key")).strip();
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private static HttpRequest.Builder request(String path) throws Exception {
    return bare(path).header("X-API-Key", key());
  }

  private static HttpRequest.Builder bare(String path) {
    return HttpRequest.newBuilder(ROOT.resolve(path));
  }

  private static HttpResponse<byte[]> post(String path, byte[] body, String token)
      throws Exception {
    return send(
        bare(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
    return JSON.readTree(response.body());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
