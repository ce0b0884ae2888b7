package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.nettrace.testing.Customer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What pages do with what was chosen, typed and asked for: they keep it, and say what they cannot.
 */
class PortalPagesIT extends OnStage {
  private static final String TARGET = "/target/www.nyse.com";
  private static final int NARROWEST = 320;
  private static final List<String> PAGES =
      Stream.concat(
              Stream.of(
                  "/",
                  "/pricing",
                  "/docs",
                  "/status",
                  "/overview",
                  "/overview?q=nothing-is-like-this",
                  TARGET + "?range=1h",
                  "/rankings?metric=" + "x".repeat(80),
                  "/changes",
                  "/compare?hosts=www.nyse.com,api.kraken.com&range=1h"),
              PortalStage.OWN_PAGES.stream())
          .toList();

  @Test
  void aDoubleClickOnAChartZoomsOutAndNeverLeavesThePage() {
    Page page = stage.browser(stage.desk);
    page.navigate("/overview");
    page.navigate(TARGET + "?range=6h&view=density");
    Locator chart = page.locator("#curve .u-over");
    chart.dblclick();
    assertThat(page).hasURL(Pattern.compile(".*/target/www.nyse.com[?]range=6h&view=density$"));

    drag(page, chart, 0.5, 0.9);
    assertThat(page).hasURL(Pattern.compile(".*view=density&start=.*&end=.*"));
    drag(page, chart, 0.2, 0.8);
    String deepest = page.url();
    chart.dblclick();
    page.waitForURL(address -> address.contains("start=") && !address.equals(deepest));
    chart.dblclick();
    assertThat(page).hasURL(Pattern.compile(".*/target/www.nyse.com[?]range=6h&view=density$"));
    chart.dblclick();
    assertThat(page).hasURL(Pattern.compile(".*/target/www.nyse.com[?]range=6h&view=density$"));
    page.context().close();
    // pages that were left a moment ago still count as listeners, and a refused one tries again
    assertThat(stage.portal.complaints()).allMatch(line -> line.contains("429"));
  }

  private static void drag(Page page, Locator chart, double from, double to) {
    String before = page.url();
    var box = chart.boundingBox();
    page.mouse().move(box.x + box.width * from, box.y + 80);
    page.mouse().down();
    page.mouse().move(box.x + box.width * to, box.y + 90);
    page.mouse().up();
    page.waitForURL(address -> !address.equals(before));
  }

  @Test
  void formsAndLinksOfATargetCarryWhatWasChosen() {
    Page page = stage.browser(stage.desk);
    page.navigate("/overview");
    String point = page.locator("[data-live=list]").getAttribute("data-from");
    page.navigate(TARGET + "?range=6h&view=density&from=" + point);
    page.fill("#at", PortalStage.minutesFromNow(-2) + ":01");
    page.locator("[data-machine] button").click();
    assertChosen(page, "range=6h", "view=density", "from=" + point, "at=");
    page.fill("#a", PortalStage.minutesFromNow(-3) + ":01");
    page.fill("#b", PortalStage.minutesFromNow(-1) + ":01");
    page.locator("#diff button").click();
    assertChosen(page, "range=6h", "view=density", "from=" + point, "at=", "a=", "b=");
    page.locator("#ranges a").getByText("1 hour").click();
    assertChosen(page, "range=1h", "view=density", "from=" + point, "at=", "a=", "b=");
    page.locator("#views a").getByText("Band").click();
    assertChosen(page, "range=1h", "from=" + point, "at=", "a=", "b=");
    page.locator("[data-machine] a").getByText("Now").click();
    assertChosen(page, "range=1h", "from=" + point, "a=", "b=");

    page.navigate("/overview?from=" + point + "&sort=now&tag=none-has-it");
    page.fill("#q", "exchange");
    page.locator(".filters button").click();
    assertChosen(page, "sort=now", "tag=none-has-it", "q=exchange");
    page.context().close();
  }

  private static void assertChosen(Page page, String... parts) {
    for (String part : parts) {
      page.waitForURL(address -> address.contains("?" + part) || address.contains("&" + part));
    }
  }

  @Test
  void aPointThatStandsAloneIsDrawn() {
    Page page = stage.browser(stage.desk);
    page.navigate(TARGET);
    Object alone =
        page.evaluate(
            """
            async () => {
              const asked = performance.getEntriesByType("resource").map((one) => one.name);
              const chart = await import(asked.find((name) => name.includes("chart.js")));
              return JSON.stringify([
                chart.lonely([1, null, 2, 3, null, 4]),
                chart.dots(false, "red").filter({ data: [[], [null, 5, null]] }, 1, false),
              ]);
            }
            """);
    assertThat(alone).isEqualTo("[[0,5],[1]]");
    page.context().close();
  }

  @Test
  void thePageOfAFaultTellsWhoIsSignedIn() throws Exception {
    String[] signedIn = {"Cookie", "nettrace-session=" + PortalStage.session(stage.desk)};
    for (String path : List.of("/nothing-is-here", "/target/nothing.example")) {
      assertThat(stage.get(path, signedIn).body())
          .as(path)
          .contains("Sign out", stage.desk.email())
          .doesNotContain("href=\"/sign-in\"")
          .doesNotContain("href=\"/sign-up\"");
    }
    assertThat(stage.get("/nothing-is-here").body()).contains("href=\"/sign-in\"");
    assertThat(stage.get("/nothing-is-here", "Cookie", "nettrace-session=none").body())
        .contains("href=\"/sign-in\"");
  }

  @Test
  void aFaultOfAVantagePointThatLastsIsToldOnEveryPageThatShowsWhatItSees() throws Exception {
    String told = "no target answers any more. Nothing is measured from there now.";
    String[] signedIn = {"Cookie", "nettrace-session=" + PortalStage.session(stage.desk)};
    List<String> pages = List.of("/status", "/overview", "/target/www.nyse.com");
    atFault(
        "insert into platform.vantage_faults"
            + " (vantage_point, kind, began_at, spool, targets, reason, known_at)"
            + " select vantage_point, 'LINE', now() - interval '3 minutes', spool, 100,"
            + " 'no target answers any more', now() from platform.scanners limit 1");
    try {
      for (String page : pages) {
        assertThat(stage.get(page, signedIn).body())
            .as(page)
            .contains(told)
            .containsPattern(
                "The line of [-a-z0-9]+ is down since <time .*</time> .<span .*>3 min ago</span>");
      }
      assertThat(stage.get("/status").body())
          .contains("Something is not well", "Not measuring")
          .doesNotContain("Everything works");
      Page page = stage.browser(stage.desk);
      page.navigate("/overview");
      assertThat(page.locator("[data-live=state]")).hasText("Live, nothing measured");
      page.context().close();
    } finally {
      atFault("delete from platform.vantage_faults where kind = 'LINE'");
    }
    for (String page : pages) {
      assertThat(stage.get(page, signedIn).body()).as(page).doesNotContain(told);
    }
  }

  private static void atFault(String sql) throws Exception {
    try (Connection connection = stage.system.database();
        PreparedStatement change = connection.prepareStatement(sql)) {
      assertThat(change.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void aRangeThatWasZoomedIntoIsComparedAsItIs() throws Exception {
    String range =
        "start=%s:00Z&end=%s:00Z"
            .formatted(PortalStage.minutesFromNow(-50), PortalStage.minutesFromNow(-10));
    String point = stage.system.json("/api/v1/vantage-points").at("/items/0/name").asText();
    Page page = stage.browser(stage.desk);
    page.navigate("/target/www.nyse.com?%s&from=%s".formatted(range, point));
    page.locator(".head a.button").getByText("Compare").click();
    String compared = ".*/compare[?]hosts=%s&start=[^&]*&end=[^&]*&from=" + point;
    assertThat(page).hasURL(Pattern.compile(compared.formatted("www.nyse.com")));
    page.fill("#add", "api.kraken.com");
    page.locator(".chooser button").click();
    assertThat(page).hasURL(Pattern.compile(".*&start=[^&]*&end=[^&]*&from=" + point + ".*"));
    assertThat(page.locator(".head a.button"))
        .hasAttribute("href", Pattern.compile(compared.formatted("www.nyse.com,api.kraken.com")));
    page.context().close();
  }

  @Test
  void noTableOfAnAccountOrTargetIsCutOffOnAPhone() throws Exception {
    Customer customer = stage.customer("phone");
    String invitation = "{\"email\":\"a-rather-long-name@department.example\",\"role\":\"viewer\"}";
    assertThat(customer.signedIn("POST", "/api/v1/invitations", invitation).statusCode())
        .isBetween(200, 299);
    Page page = stage.browser(customer);
    page.setViewportSize(390, 844);
    for (String address : List.of("/account/keys", "/account/members", "/target/www.nyse.com")) {
      page.navigate(address);
      assertThat(page.locator("main table").first()).isVisible();
      assertThat(
              (String)
                  page.evaluate(
                      """
                      () => [...document.querySelectorAll("main .scroll")]
                        .filter((one) => one.scrollWidth > one.clientWidth)
                        .map((one) => one.getAttribute("aria-label")).join()
                      """))
          .as(address)
          .isEmpty();
    }
    page.context().close();
  }

  @Test
  void aDashboardElsewhereReadsInABrowserOnceItsOriginIsListed() throws Exception {
    Customer customer = stage.customer("dashboards");
    Page page = stage.browser(customer);
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          byte[] body =
              "<!DOCTYPE html><title>A dashboard</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    String origin = "http://localhost:" + site.getAddress().getPort();
    BrowserContext elsewhere = page.context().browser().newContext();
    Page dashboard = elsewhere.newPage();
    dashboard.navigate(origin);
    assertThat(fetched(dashboard, "GET", customer)).isEqualTo("TypeError");

    page.navigate("/account/settings");
    page.fill("#origins", origin);
    page.click("button[value=readers]");
    assertThat(page).hasURL(Pattern.compile(".*did=readers"));

    assertThat(fetched(dashboard, "GET", customer)).matches("200 \".+ [0-9a-f]{32}");
    assertThat(fetched(dashboard, "DELETE", customer)).isEqualTo("TypeError");
    elsewhere.close();
    site.stop(0);
    page.context().close();
  }

  /** Status, what is left of the day and the trace id, as a script reads them; or why it cannot. */
  private static String fetched(Page page, String method, Customer customer) {
    return (String)
        page.evaluate(
            """
            async ([method, address, key]) => {
              try {
                const answer = await fetch(address, { method, headers: { "X-API-Key": key } });
                await answer.json();
                return [answer.status, answer.headers.get("RateLimit"), answer.headers.get("X-Trace-Id")].join(" ");
              } catch (error) {
                return error.name;
              }
            }
            """,
            List.of(method, stage.root() + "/api/v1/targets", customer.key()));
  }

  @Test
  void aDefaultThatMeasuresNoLongerIsToldOnThePagesThatShowAnother() throws Exception {
    Customer customer = stage.customer("retired");
    String declaration =
        "{\"slug\":\"%s\",\"name\":\"Retired\",\"plan\":\"enterprise-pro\",\"default_vantage_point\":\"mars-1\"}"
            .formatted(customer.slug());
    assertThat(customer.declare(declaration, false).statusCode()).isEqualTo(200);
    String session = "nettrace-session=" + PortalStage.session(customer);
    for (String path :
        List.of(
            "/overview",
            "/rankings",
            "/compare",
            "/target/www.nyse.com",
            "/account/settings",
            "/account/exports")) {
      assertThat(stage.get(path, "Cookie", session).body())
          .as(path)
          .contains("Your default vantage point mars-1 has measured nothing for a day");
    }
  }

  @Test
  void withdrawingAnothersKeyWantsAFreshProofAndOnesOwnDoesNot() throws Exception {
    Customer owner = stage.customer("keys-owner");
    Customer admin = stage.customer("keys-admin");
    try (Connection connection = stage.system.database();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into platform.members (tenant_id, account_id, role, since)"
                    + " select t.id, a.id, 'ADMIN', now() from platform.tenants t,"
                    + " platform.accounts a where t.slug = ? and a.email = ?")) {
      insert.setString(1, owner.slug());
      insert.setString(2, admin.email());
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    String switched = "{\"slug\":\"%s\"}".formatted(owner.slug());
    assertThat(admin.signedIn("PUT", "/api/v1/sessions/current/tenant", switched).statusCode())
        .isEqualTo(200);
    String byApi = keyOf(admin, "by API");
    String byPage = keyOf(admin, "by page");
    String owners = keyOf(owner, "another's");
    stage.confirmedADayAgo(admin);
    // the session is good from memory for a second
    while (admin.signedIn("PUT", "/api/v1/tenant/policy", "{}").statusCode() != 403) {
      TimeUnit.MILLISECONDS.sleep(50);
    }

    var refused = admin.signedIn("DELETE", "/api/v1/keys/" + owners);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("step-up-needed");
    assertThat(revoked(admin, owners)).startsWith("/confirm");
    assertThat(Customer.json(admin.signedIn("GET", "/api/v1/keys/" + owners)).has("revoked_at"))
        .isFalse();
    assertThat(admin.signedIn("DELETE", "/api/v1/keys/" + byApi).statusCode()).isEqualTo(204);
    assertThat(revoked(admin, byPage)).endsWith("did=revoked");

    String proof = "{\"password\":\"%s\"}".formatted(Customer.PASSWORD);
    assertThat(admin.signedIn("POST", "/api/v1/sessions/current/step-up", proof).statusCode())
        .isEqualTo(200);
    assertThat(revoked(admin, owners)).endsWith("did=revoked");
  }

  private static String keyOf(Customer customer, String name) throws Exception {
    var made =
        customer.signedIn(
            "POST",
            "/api/v1/keys",
            "{\"name\":\"%s\",\"scopes\":[\"read_measurements\"]}".formatted(name));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return Customer.json(made).path("id").asText();
  }

  /** Withdraws a key on its page; where that leads. */
  private static String revoked(Customer customer, String key) throws Exception {
    var answer = stage.post("/account/keys", customer, "do=revoke&id=" + key, stage.root());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "'/target/www.nyse.com?range=7w&at=noon&view=cloud', 'Range “7w”|At “noon”|View “cloud”'",
    "'/target/www.nyse.com?from=mars&start=2020&b=x', 'From “mars”|Start “2020”|B “x”'",
    "'/overview?category=fish&sort=colour&from=mars', 'Category “fish”|Sort “colour”|From “mars”'",
    "'/rankings?from=nowhere', 'From “nowhere” is not known: shown is what '",
    "'/changes?from=nowhere', 'From “nowhere” is not known: shown is what all '",
    "'/compare?hosts=www.nyse.com&start=2020&from=mars', 'Start “2020”|From “mars”'",
    "'/rankings?category=fish&metric=luck&range=1y', 'Category “fish”|Metric “luck”|Range “1y”'",
    "'/changes?type=fish&until=later&page=9', 'Type “fish”|Until “later”|Page “9”'",
    "'/compare?hosts=www.nyse.com&range=1y', 'Range “1y”'",
    "'/account/members?page=x', 'Page “x”'",
    "'/account/watch-lists?page=7', 'Page “7”'",
    "'/account/exports?before=x', 'Before “x”'"
  })
  void whatOfAnAddressCannotBeUsedIsTold(String address, String told) throws Exception {
    var answer =
        stage.get(address, "Cookie", "nettrace-session=" + PortalStage.session(stage.desk));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(told.split("[|]"));
    var plain =
        stage.get(
            address.replaceAll(
                "[?].*", address.startsWith("/compare") ? "?hosts=www.nyse.com" : ""),
            "Cookie",
            "nettrace-session=" + PortalStage.session(stage.desk));
    assertThat(plain.body()).doesNotContain("notice warn");
  }

  @Test
  void aNewTargetFillsItsPageByItself() throws Exception {
    Customer customer = stage.customer("waits");
    Page page = stage.browser(customer);
    page.navigate("/account/targets");
    page.locator("summary").getByText("Add a target").click();
    page.fill("#host", "198.19.250.250"); // the lab's gateway knows no way there
    page.fill("#port", "7443");
    page.click("button[value=add]");
    assertThat(page.locator("#figures"))
        .containsText("10 refused by 198.18.1.1, network unreachable (ICMP type 3 code 0)");
    assertThat(page.locator(".uplot canvas").first()).isVisible();
    page.context().close();
  }

  @Test
  void aTargetMovesWhileItIsWatched() {
    Page page = stage.browser(stage.desk);
    page.navigate(TARGET + "?range=1h");
    String first = page.locator("#curve").getAttribute("data-curve");
    assertThat(page.locator("#curve")).not().hasAttribute("data-curve", first);
    page.context().close();
  }

  @Test
  void noPageIsWiderThanTheNarrowestPhone() {
    Page page = stage.browser(stage.desk);
    page.setViewportSize(NARROWEST, 700);
    for (String path : PAGES) {
      page.navigate(path);
      assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as(path)
          .isEqualTo(NARROWEST);
    }
    page.navigate(TARGET + "?range=1h");
    assertThat(
            page.locator(".scroll:has(.hops)")
                .evaluate("region => region.scrollWidth <= region.clientWidth"))
        .as("hops are no wider than the screen")
        .isEqualTo(true);
    page.context().close();
  }

  @Test
  void theListIsNarrowedByOperatorsAndHasAWayOut() {
    Page page = stage.browser(stage.desk);
    page.navigate("/overview?q=intercontinental");
    Locator rows = page.locator("tr[data-id]:visible");
    assertThat(rows.getByText("New York Stock Exchange")).isVisible();
    page.fill("#q", "kraken");
    assertThat(rows.first()).containsText("Kraken");
    page.fill("#q", "nothing is like this");
    Locator way = page.locator(".empty button:visible, .empty a:visible");
    assertThat(way).hasCount(1);
    assertThat(page.locator("table:visible")).hasCount(0);
    way.click();
    assertThat(page.locator("table:visible")).hasCount(1);
    page.navigate("/overview?q=nothing-is-like-this");
    page.locator(".empty a").click();
    assertThat(rows).not().hasCount(0);
    page.context().close();
  }
}
