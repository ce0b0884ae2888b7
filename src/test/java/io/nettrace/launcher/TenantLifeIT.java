package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Customer;
import io.nettrace.testing.Machine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of two tenants in the whole product, through its own doors: from signing up to being
 * forgotten. The tests build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenantLifeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SETTINGS = "/api/v1/tenant/settings";
  private static final String CANARY = "canary string of amber";

  @TempDir static Path data;
  private static RunningSystem system;
  private static Customer amber;
  private static Customer cobalt;
  private static String target = "";

  @BeforeAll
  static void start() throws Exception {
    Machine.LAB.require(Lab.unavailable());
    system = RunningSystem.in(data);
    system.start(Map.of("nettrace.api.open-per-minute", "1000"));
    amber = new Customer(system.root(), system.operations(), data, "amber");
    cobalt = new Customer(system.root(), system.operations(), data, "cobalt");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (system != null && system.launcher().isAlive()) {
      system.terminate();
    }
  }

  @Test
  @Order(1)
  void whoSignsUpHasATenantAKeyAndASession() throws Exception {
    amber.signUp();
    cobalt.signUp();
    assertThat(amber.withKey("GET", "/api/v1/targets").statusCode()).isEqualTo(200);
    assertThat(Customer.json(amber.signedIn("GET", "/api/v1/tenant")).path("slug").asText())
        .isEqualTo("amber");
    assertThat(Customer.json(cobalt.signedIn("GET", "/api/v1/tenant")).path("slug").asText())
        .isEqualTo("cobalt");
  }

  @Test
  @Order(2)
  void badSignUpsAreRefusedAndAConfirmedLinkIsWorthNothing() throws Exception {
    Customer eve = new Customer(system.root(), system.operations(), data, "eve-and-co");
    for (String slug : List.of("amber", "arnber", "../etc", "admin", "x", "a".repeat(1000))) {
      assertProblem(eve.signUp(slug), 422, "invalid-body");
    }
    assertProblem(eve.confirm(amber.token(), Customer.PASSWORD), 409, "token-used");
    assertProblem(eve.confirm("x".repeat(43), Customer.PASSWORD), 404, "token-unknown");
    assertThat(eve.signUp("eve-and-co").statusCode()).isEqualTo(202);
    assertProblem(eve.confirm(eve.token(), "not what was chosen"), 403, "wrong-password");
  }

  @Test
  @Order(3)
  void aPlanHasWhatItHasAndSaysWhoHasTheRest() throws Exception {
    HttpResponse<String> refused = amber.withKey("GET", "/api/v1/routes/www.nyse.com");
    assertProblem(refused, 403, "plan-lacks");
    assertThat(refused.body()).contains("Pro").contains("/plans");
    assertProblem(amber.withKey("GET", "/api/v1/custom-targets"), 403, "plan-lacks");
  }

  @Test
  @Order(4)
  void aTargetOfOnesOwnIsMeasuredWithinTenSeconds() throws Exception {
    plan(amber, "enterprise-pro");
    for (String host : List.of("127.0.0.1", "169.254.169.254", "0x7f.1", "::ffff:10.0.0.1")) {
      assertThat(create(amber, host, "bad").statusCode()).as(host).isEqualTo(422);
    }
    long began = System.nanoTime();
    HttpResponse<String> created = create(amber, "www.nyse.com", CANARY);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    target = Customer.json(created).path("id").asText();
    JsonNode latency =
        await(
            amber, "/api/v1/latency/" + target, answer -> answer.at("/burst/received").asInt() > 0);
    System.out.printf(
        "first result of a custom target after %.1f s%n", (System.nanoTime() - began) / 1e9);
    assertThat(latency.path("simulated").asBoolean()).isTrue();
  }

  @Test
  @Order(5)
  void nobodyElseEverSeesIt() throws Exception {
    plan(cobalt, "enterprise-pro");
    for (String path :
        List.of("custom-targets/" + target, "latency/" + target, "routes/" + target)) {
      assertThat(cobalt.withKey("GET", "/api/v1/" + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(cobalt.withKey("DELETE", "/api/v1/custom-targets/" + target).statusCode())
        .isEqualTo(404);
    for (String path : List.of("targets", "rankings", "custom-targets", "changes")) {
      assertThat(cobalt.withKey("GET", "/api/v1/" + path).body())
          .as(path)
          .doesNotContain(target)
          .doesNotContain(CANARY);
    }
    assertThat(system.operated("/metrics/").body()).doesNotContain(target);
    assertThat(system.output()).doesNotContain(CANARY).doesNotContain("amber.example");
    assertThat(amber.withKey("GET", "/api/v1/targets").body()).contains(target);
    plan(cobalt, "free");
  }

  @Test
  @Order(6)
  void theDaysCallsEndAndHeaderUsageAndLedgerAgree() throws Exception {
    HttpResponse<String> last = cobalt.withKey("GET", "/api/v1/targets");
    while (!last.body().contains("quota-exceeded")) {
      if (last.statusCode() == 429) {
        TimeUnit.MILLISECONDS.sleep(200); // too fast: as a client does that was told so
      }
      last = cobalt.withKey("GET", "/api/v1/targets");
    }
    assertProblem(last, 429, "quota-exceeded");
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(last.headers().firstValue("RateLimit").orElseThrow()).contains(", \"daily\";r=0;t=");
    JsonNode today = Customer.json(cobalt.withKey("GET", "/api/v1/usage")).path("today");
    assertThat(today.path("used").asInt()).isEqualTo(today.path("limit").asInt()).isEqualTo(100);
  }

  @Test
  @Order(7)
  void whereNoneIsNamedTheTenantsDefaultIsMeantAndTheAnswerNamesIt() throws Exception {
    String place =
        Customer.json(amber.withKey("GET", "/api/v1/vantage-points"))
            .path("default_vantage_point")
            .asText();
    assertThat(place).isNotEmpty();
    HttpResponse<String> unset = amber.signedIn("GET", SETTINGS);
    assertThat(unset.headers().firstValue("ETag")).contains("\"v0\"");
    assertThat(Customer.json(unset).has("default_vantage_point")).isFalse();
    assertThat(Customer.json(unset).path("vantage_point").asText()).isEqualTo(place);

    assertProblem(
        amber.signedIn("PUT", SETTINGS, "{\"allowed_origins\":[]}"), 428, "version-needed");
    assertProblem(set(amber, "\"v7\"", "", List.of()), 412, "version-stale");
    HttpResponse<String> unknown = set(amber, "\"v0\"", "mars-1", List.of("https://*.example"));
    assertProblem(unknown, 422, "invalid-body");
    assertThat(unknown.body()).contains("choose one of " + place, "allowed_origins[0]", "wildcard");

    HttpResponse<String> put = set(amber, "\"v0\"", place, List.of());
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(put.headers().firstValue("ETag")).contains("\"v1\"");
    assertThat(Customer.json(put).path("changed_by").asText()).isEqualTo(amber.email());
    for (String path :
        List.of(
            "targets",
            "rankings",
            "latency/www.nyse.com",
            "latency/www.nyse.com/summary",
            "latency/www.nyse.com/history?step=1h&format=csv",
            "routes/www.nyse.com/traces",
            "compare?hosts=www.nyse.com,api.kraken.com",
            "custom-targets/" + target)) {
      HttpResponse<String> answer = amber.withKey("GET", "/api/v1/" + path);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("NetTrace-Vantage-Point")).as(path).contains(place);
      assertThat(answer.headers().firstValue("NetTrace-Notice")).as(path).isEmpty();
    }
  }

  @Test
  @Order(8)
  void aDeclarationSetsDefaultAndOriginsOnceAndAnUnknownDefaultGivesWayAndIsTold()
      throws Exception {
    String declaration =
        """
        {"slug": "cobalt", "name": "cobalt Limited", "plan": "free",
         "default_vantage_point": "mars-1", "allowed_origins": ["https://cobalt-desk.example"]}
        """;
    String change = "answer its readers from mars-1, in pages of https://cobalt-desk.example";
    assertThat(cobalt.declare(declaration, true).body()).contains(change);
    assertThat(Customer.json(cobalt.signedIn("GET", SETTINGS)).path("allowed_origins")).isEmpty();
    assertThat(cobalt.declare(declaration, false).body()).contains(change);
    assertThat(Customer.json(cobalt.declare(declaration, false)).path("changes")).isEmpty();
    HttpResponse<String> wrong =
        cobalt.declare(
            declaration.replace("https://cobalt-desk.example", "cobalt-desk.example"), false);
    assertProblem(wrong, 422, "invalid-declaration");
    assertThat(wrong.body()).contains("/allowed_origins/0");

    JsonNode settings = Customer.json(cobalt.signedIn("GET", SETTINGS));
    assertThat(settings.path("default_vantage_point").asText()).isEqualTo("mars-1");
    assertThat(settings.path("changed_by").asText()).isEqualTo("declaration");
    assertThat(settings.path("vantage_point").asText()).isNotEmpty().isNotEqualTo("mars-1");
    assertThat(settings.path("notice").asText()).contains("mars-1 has measured nothing for a day");
    plan(cobalt, "pro");
    HttpResponse<String> answer = cobalt.withKey("GET", "/api/v1/latency/www.nyse.com");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("NetTrace-Notice").orElseThrow()).contains("mars-1");
    plan(cobalt, "free");
  }

  @Test
  @Order(9)
  void pagesOfATenantsOriginsReadWithItsKeyAndNoOthersDo() throws Exception {
    String desk = "https://amber-desk.example";
    HttpResponse<String> put =
        set(amber, "*", "", List.of(desk, "http://localhost:3000", "https://bücher.example"));
    assertProblem(put, 428, "version-needed");
    put =
        set(
            amber,
            amber.signedIn("GET", SETTINGS).headers().firstValue("ETag").orElseThrow(),
            "",
            List.of(desk, "http://localhost:3000", "https://bücher.example"));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    OtherSites sites = new OtherSites(system.root());

    HttpResponse<String> read = sites.read("latency/www.nyse.com", amber.key(), desk);
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(OtherSites.allowed(read)).isEqualTo(desk);
    assertThat(read.headers().firstValue("Vary").orElseThrow()).contains("X-API-Key", "Origin");
    assertThat(read.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("ETag", "Link", "RateLimit", "Retry-After", "X-Trace-Id");
    assertThat(read.headers().map()).doesNotContainKey("access-control-allow-credentials");
    for (String own : List.of("http://localhost:3000", "https://xn--bcher-kva.example")) {
      assertThat(OtherSites.allowed(sites.read("targets", amber.key(), own))).isEqualTo(own);
    }
    for (String problem : List.of("latency/nowhere.example", "nothing", "targets?limit=x")) {
      HttpResponse<String> refused = sites.read(problem, amber.key(), desk);
      assertThat(refused.statusCode()).isBetween(400, 404);
      assertThat(OtherSites.allowed(refused)).as(problem).isEqualTo(desk);
    }
    assertThat(OtherSites.allowed(sites.send("HEAD", "targets", "X-API-Key", amber.key(), desk)))
        .isEqualTo(desk);

    for (String other :
        List.of(
            "null",
            "*",
            "https://amber-desk.example.evil.example",
            "https://evil.example/https://amber-desk.example",
            "https://evil-amber-desk.example",
            "https://AMBER-desk.example",
            "https://amber-desk.example:443",
            "https://amber-desk.example:8443",
            "https://amber-desk.example/",
            "https://amber-desk.example.",
            "http://amber-desk.example",
            "https://amber-desk.example https://evil.example",
            "https://amber-desk.example, https://evil.example",
            "https://bücher.example",
            "http://localhost:3001",
            "https://cobalt-desk.example")) {
      HttpResponse<String> answer = sites.read("latency/www.nyse.com", amber.key(), other);
      assertThat(OtherSites.allowed(answer)).as(other).isEmpty();
      assertThat(answer.headers().firstValue("Vary").orElse("")).as(other).contains("Origin");
    }
    assertThat(OtherSites.allowed(sites.read("targets", amber.key(), desk, "https://evil.example")))
        .isEmpty();
    assertThat(OtherSites.allowed(sites.read("targets", amber.key()))).isEmpty();
    assertThat(OtherSites.allowed(sites.read("targets", "no key", desk))).isEmpty();
    assertThat(
            OtherSites.allowed(
                sites.send("GET", "tenant", "Authorization", amber.authorization(), desk)))
        .as("a session is no key")
        .isEmpty();
    assertThat(
            OtherSites.allowed(
                sites.send("POST", "custom-targets", "X-API-Key", amber.key(), desk)))
        .as("nothing is changed from elsewhere")
        .isEmpty();

    HttpResponse<String> exhausted =
        sites.read("targets", cobalt.key(), "https://cobalt-desk.example");
    assertProblem(exhausted, 429, "quota-exceeded");
    assertThat(OtherSites.allowed(exhausted)).isEqualTo("https://cobalt-desk.example");
    assertThat(OtherSites.allowed(sites.read("targets", cobalt.key(), desk))).isEmpty();
  }

  @Test
  @Order(10)
  void aPreflightAllowsWhatSomeTenantListsForReadsAndCostsNothing() throws Exception {
    OtherSites sites = new OtherSites(system.root());
    long before = used(amber);
    for (String listed : List.of("https://amber-desk.example", "https://cobalt-desk.example")) {
      for (String method : List.of("GET", "HEAD")) {
        HttpResponse<String> answer = sites.preflight("latency/www.nyse.com", method, listed);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(OtherSites.allowed(answer)).isEqualTo(listed);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
            .contains("Authorization", "X-API-Key", "If-None-Match");
        assertThat(answer.headers().firstValue("Vary").orElseThrow()).contains("Origin");
        assertThat(answer.headers().map())
            .doesNotContainKeys("access-control-allow-credentials", "ratelimit");
      }
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "get", "OPTIONS")) {
        HttpResponse<String> answer = sites.preflight("custom-targets", method, listed);
        assertThat(answer.statusCode()).as(method).isEqualTo(204);
        assertThat(OtherSites.allowed(answer)).as(method).isEmpty();
      }
    }
    for (String other :
        List.of("null", "*", "https://evil.example", "https://amber-desk.example.evil.example")) {
      HttpResponse<String> answer = sites.preflight("targets", "GET", other);
      assertThat(answer.statusCode()).as(other).isEqualTo(204);
      assertThat(OtherSites.allowed(answer)).as(other).isEmpty();
    }
    assertThat(
            OtherSites.allowed(
                sites.preflight(
                    "targets", "GET", "https://amber-desk.example", "https://evil.example")))
        .isEmpty();
    assertThat(used(amber)).isEqualTo(before);

    String tag = amber.signedIn("GET", SETTINGS).headers().firstValue("ETag").orElseThrow();
    assertThat(set(amber, tag, "", List.of()).statusCode()).isEqualTo(200);
    assertThat(OtherSites.allowed(sites.preflight("targets", "GET", "https://amber-desk.example")))
        .isEmpty();
    assertThat(OtherSites.allowed(sites.read("targets", amber.key(), "https://amber-desk.example")))
        .isEmpty();
  }

  @Test
  @Order(10)
  void theOperatorSeesJobsAndHearsWhichAreNone() throws Exception {
    HttpResponse<String> dead = amber.operate("GET", "/operator/v1/jobs?state=dead&limit=10");
    assertThat(dead.statusCode()).as(dead.body()).isEqualTo(200);
    assertThat(Customer.json(dead).path("items")).isEmpty();
    assertProblem(amber.operate("GET", "/operator/v1/jobs?state=ill"), 400, "invalid-parameter");
    assertProblem(amber.operate("POST", "/operator/v1/jobs/x/replay"), 404, "unknown-job");
    assertProblem(amber.operate("DELETE", "/operator/v1/jobs/x"), 404, "unknown-job");
    assertThat(system.operated("/metrics").body())
        .contains("nettrace_jobs_dead{type=\"mail.send\"} 0.0")
        .doesNotContain("nettrace_job_runs_total{type=\"mail.send\"} 0.0");
  }

  @Test
  @Order(10)
  void theOperatorReadsWhoDidWhat() throws Exception {
    HttpResponse<String> made =
        amber.withKey("POST", "/api/v1/watch-lists", "{\"name\":\"desk\",\"targets\":[]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String list = Customer.json(made).path("id").asText();
    JsonNode who = Customer.json(amber.signedIn("GET", "/api/v1/sessions/current"));
    HttpResponse<String> renamed =
        amber.signedIn("PATCH", "/api/v1/tenant", "{\"name\":\"Amber\"}");
    assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);

    JsonNode lists = events("?tenant=amber&type=watchlist.");
    assertThat(lists.path("items")).hasSize(1);
    JsonNode entry = lists.path("items").get(0);
    assertThat(entry.path("tenant").asText()).isEqualTo("amber");
    assertThat(entry.path("type").asText()).isEqualTo("watchlist.created");
    assertThat(entry.path("subject").asText()).isEqualTo(list);
    assertThat(entry.path("actor").asText()).isEqualTo("key:" + amber.keyId());
    assertThat(entry.at("/details/targets").asText()).isEqualTo("0");
    assertThat(lists.path("next").asLong()).isEqualTo(entry.path("seq").asLong());
    JsonNode after = events("?tenant=amber&after=" + entry.path("seq").asLong());
    assertThat(after.path("items"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("type").asText()).isEqualTo("tenant.renamed");
              assertThat(one.path("actor").asText())
                  .isEqualTo("person:" + who.at("/person/id").asText());
            });
    JsonNode plans = events("?tenant=amber&type=tenant.plan-changed");
    assertThat(plans.path("items"))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.path("actor").asText()).isEqualTo("operator"));
    String all = events("?limit=1000").toString();
    assertThat(all).contains("tenant.created", "system:demo").doesNotContain("@", amber.key());
    assertProblem(amber.operate("GET", "/operator/v1/events?tenant=nosuch"), 404, "unknown-tenant");
    assertProblem(amber.operate("GET", "/operator/v1/events?after=-1"), 400, "invalid-parameter");
  }

  private static JsonNode events(String query) throws Exception {
    HttpResponse<String> answer = amber.operate("GET", "/operator/v1/events" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Customer.json(answer);
  }

  @Test
  @Order(11)
  void whoGoesLeavesNothing() throws Exception {
    assertThat(amber.signedIn("DELETE", "/api/v1/tenant").statusCode()).isEqualTo(202);
    assertProblem(amber.withKey("GET", "/api/v1/targets"), 403, "tenant-deleting");
    assertThat(amber.signedIn("GET", "/api/v1/tenant/export?format=csv").statusCode())
        .isEqualTo(200);
    assertThat(amber.signedIn("POST", "/api/v1/tenant/restore").statusCode()).isEqualTo(200);
    assertThat(amber.withKey("GET", "/api/v1/targets").statusCode()).isEqualTo(200);

    assertThat(traces()).as("the search finds what is there").isNotEmpty();
    assertThat(amber.signedIn("DELETE", "/api/v1/tenant").statusCode()).isEqualTo(202);
    assertThat(amber.operator("POST", "/erase").statusCode()).isEqualTo(204);
    assertThat(traces()).isEmpty();
    assertThat(amber.withKey("GET", "/api/v1/targets").statusCode()).isEqualTo(401);
    assertThat(amber.signedIn("GET", "/api/v1/tenant").statusCode()).isEqualTo(401);
    assertProblem(cobalt.signUp("amber"), 422, "invalid-body");
  }

  @Test
  @Order(12)
  void theCanariesFoundNoHole() throws Exception {
    JsonNode health = Customer.json(system.operated("/health"));
    List<JsonNode> walls = new ArrayList<>();
    health
        .path("checks")
        .forEach(
            check -> {
              if (check.path("name").asText().equals("walls between tenants")) {
                walls.add(check);
              }
            });
    assertThat(walls)
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.path("status").asText()).isEqualTo("UP");
              assertThat(check.path("data")).hasSizeGreaterThan(10);
            });
  }

  /** Every table outside tenants' schemas in which anything of amber stands. */
  private static List<String> traces() throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection connection = system.database();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              """
              select schemaname || '.' || tablename from pg_tables
              where schemaname not in ('pg_catalog', 'information_schema') and schemaname not like 't\\_%'
              """)) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery(
                "select count(*) from %s x where x::text ilike '%%amber%%' or x::text ilike '%%%s%%'"
                    .formatted(table, target))) {
          row.next();
          if (row.getInt(1) > 0) {
            found.add(table);
          }
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "select count(*) from pg_roles where rolname like 't\\_%' and rolname not in (select"
                  + " role from platform.tenant_schemas)")) {
        row.next();
        assertThat(row.getInt(1)).as("roles that belong to nobody").isZero();
      }
    }
    return found;
  }

  private static long used(Customer customer) throws Exception {
    return Customer.json(customer.withKey("GET", "/api/v1/usage")).at("/today/used").asLong();
  }

  /** Sets both; an empty {@code place} is none. */
  private static HttpResponse<String> set(
      Customer customer, String ifMatch, String place, List<String> origins) throws Exception {
    Map<String, Object> body =
        place.isEmpty()
            ? Map.of("allowed_origins", origins)
            : Map.of("default_vantage_point", place, "allowed_origins", origins);
    return customer.put(SETTINGS, ifMatch, new ObjectMapper().writeValueAsString(body));
  }

  private static void plan(Customer customer, String plan) throws Exception {
    assertThat(customer.operator("PUT", "/plan", "{\"plan\":\"" + plan + "\"}").statusCode())
        .isEqualTo(200);
  }

  private static HttpResponse<String> create(Customer customer, String host, String name)
      throws Exception {
    return customer.withKey(
        "POST",
        "/api/v1/custom-targets",
        "{\"host\":\"%s\",\"port\":8443,\"name\":\"%s\"}".formatted(host, name));
  }

  private static JsonNode await(Customer customer, String path, Predicate<JsonNode> satisfied)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = Customer.json(customer.withKey("GET", path));
    while (!satisfied.test(last)) {
      assertThat(System.nanoTime()).as("%s: %s", path, last).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
      last = Customer.json(customer.withKey("GET", path));
    }
    return last;
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Customer.json(answer).path("type").asText()).endsWith(":" + type);
  }
}
