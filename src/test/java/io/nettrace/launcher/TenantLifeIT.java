package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Customer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final String CANARY = "canary string of amber";

  @TempDir static Path data;
  private static RunningSystem system;
  private static Customer amber;
  private static Customer cobalt;
  private static String target = "";

  @BeforeAll
  static void start() throws Exception {
    Optional<String> reason = Lab.unavailable();
    assumeTrue(reason.isEmpty(), () -> "no lab here: " + reason.orElseThrow());
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
  @Order(8)
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
