package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.RequestOptions;
import io.nettrace.lab.Lab;
import io.nettrace.testing.Customer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The portal in a real browser before the whole product: what people do there, on wide and narrow
 * screens, in light and dark; that everybody can use it; and that it cannot be used against them.
 * Every page is left as a picture in {@value #PICTURES}.
 */
class PortalIT {
  private static final String PICTURES = "target/screenshots";
  private static final String MARKUP = "<img src=x onerror=alert(1)>";
  private static final List<String> PUBLIC =
      List.of(
          "/",
          "/pricing",
          "/docs",
          "/status",
          "/sign-up",
          "/sign-in",
          "/password",
          "/email",
          "/invitation");
  private static final List<String> INSIDE =
      List.of(
          "/overview",
          "/target/www.nyse.com?range=1h",
          "/compare?hosts=www.nyse.com,api.kraken.com&range=1h",
          "/rankings",
          "/changes",
          "/confirm",
          "/account/targets",
          "/account/watch-lists",
          "/account/exports",
          "/account/keys",
          "/account/members",
          "/account/usage",
          "/account/plan",
          "/account/settings",
          "/account/security",
          "/account/tenants",
          "/nothing-is-here");
  private static final List<String> RULES =
      List.of(
          "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "section508", "best-practice");

  @TempDir static Path data;
  private static RunningSystem system;
  private static Portal portal;
  private static Customer desk;
  private static String orderedByDesk;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> reason = Lab.unavailable().or(Portal::unavailable);
    assumeTrue(reason.isEmpty(), () -> "no lab or browser here: " + reason.orElseThrow());
    system = RunningSystem.in(data);
    system.start(
        Map.of("nettrace.api.open-per-minute", "1000", "nettrace.portal.forms-per-minute", "1000"));
    portal = new Portal(system.root());
    desk = new Customer(system.root(), data, "desk");
    desk.signUp();
    desk.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    system.await(
        "a first burst",
        "/api/v1/latency/www.nyse.com/history",
        answer -> !answer.path("items").isEmpty());
    orderedByDesk = order(desk);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (portal != null) {
      portal.close();
    }
    if (system != null && system.launcher().isAlive()) {
      system.terminate();
    }
  }

  static List<Portal.Look> looks() {
    return Portal.Look.ALL;
  }

  @AfterEach
  void nobodyComplained() {
    assertThat(portal.complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void fromNothingToAKeyOfOnesOwn(Portal.Look look) throws Exception {
    Customer customer = new Customer(system.root(), data, "journey-" + look.name());
    Page page = portal.open(look, true);
    page.navigate("/sign-up");
    page.fill("#email", customer.email());
    page.fill("#password", Customer.PASSWORD);
    page.fill("#name", MARKUP);
    page.fill("#organisation", "Journey " + MARKUP);
    page.fill("#slug", "journey-" + look.name());
    page.click("button[value=sign-up]");
    assertThat(page.getByText("Look into your mail")).isVisible();
    page.navigate("/pricing");
    page.navigate("/sign-up#" + customer.token());
    page.fill("#confirm-password", Customer.PASSWORD);
    page.click("button[value=confirm]");
    assertThat(page.locator("#key")).hasText(Pattern.compile("ntk_live_.{36}"));
    customer.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");

    page.navigate("/account/security");
    page.click("button[value=offer-app]");
    page.fill("#code", OneTimeCode.now(page.locator("#secret").textContent()));
    page.click("button[value=confirm-app]");
    assertThat(page.locator("#codes li")).hasCount(10);
    String recoveryCode = page.locator("#codes li").first().textContent();

    page.navigate("/overview");
    assertThat(page.locator("[data-live=state]")).hasText("Live");
    page.locator("tr[data-id] a").getByText("New York Stock Exchange").first().click();
    assertThat(page.locator(".uplot canvas").first()).isVisible();
    page.locator(".scrub").fill("990");
    assertThat(page.locator(".hops tbody tr").first()).isVisible();

    page.navigate("/account/targets");
    page.locator("summary").getByText("Add a target").click();
    page.fill("#host", "127.0.0.1");
    page.click("button[value=add]");
    assertThat(page.locator("#host-about .wrong")).containsText("loopback");
    page.fill("#host", "api.kraken.com");
    page.fill("#port", "4443");
    page.fill("#tags", "desk, <i>x</i>");
    page.click("button[value=add]");
    assertThat(page).hasURL(Pattern.compile(".*/target/ct-.*"));

    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Desk " + MARKUP);
    page.click("button[value=make]");
    assertThat(page.locator("#key")).hasText(Pattern.compile("ntk_live_.{36}"));
    int keys = page.locator("tbody tr").count();
    page.reload(); // which sends the form again
    assertThat(page.locator(".notice.bad")).containsText("sent before");
    assertThat(page.locator("tbody tr")).hasCount(keys);

    page.navigate("/compare?hosts=www.nyse.com,api.kraken.com&range=1h");
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.navigate("/overview");
    if (look.phone()) {
      page.click("summary[aria-label=Menu]");
    } else {
      page.locator("details.menu.only-wide summary").click();
    }
    page.locator("button:visible").getByText("Sign out").click();
    assertThat(page.locator("[role=status]")).hasText("You are signed out.");

    page.fill("#email", customer.email());
    page.fill("#password", Customer.PASSWORD);
    page.click("button[value=password]");
    page.fill("#code", recoveryCode);
    page.click("button[value=code]");
    assertThat(page).hasURL(Pattern.compile(".*/overview$"));
    page.context().close();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everybodyCanUseEveryPage(Portal.Look look) throws Exception {
    Page page = portal.open(look, true);
    look(page, PUBLIC, "", look);
    signIn(page, desk);
    look(page, INSIDE, "", look);
    look(page, List.of("/account/exports?id=" + orderedByDesk), "files-", look);
    Customer visitor = new Customer(system.root(), data, "visitor-" + look.name());
    visitor.signUp();
    page.context().clearCookies();
    signIn(page, visitor);
    look(page, INSIDE.subList(0, 15), "free-", look);
    visitor.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    look(page, List.of("/account/exports"), "empty-", look);
    assertThat(page.locator(".empty")).containsText("No export yet");
    page.context().close();
    // the page that is not there says so, which browsers report
    assertThat(portal.complaints()).allMatch(line -> line.contains("/nothing-is-here"));
  }

  @Test
  void whoeverLetsNoScriptsRunCanStillRead() {
    Page page = portal.open(new Portal.Look(false, false), false);
    page.navigate("/sign-in");
    page.fill("#email", desk.email());
    page.fill("#password", Customer.PASSWORD);
    page.click("button[value=password]");
    assertThat(page.locator("tr[data-id]")).not().hasCount(0);
    page.navigate("/target/www.nyse.com");
    assertThat(page.locator(".hops tbody tr").first()).isVisible();
    assertThat(page.locator(".tile").first()).isVisible();
    page.context().close();
  }

  @Test
  void whoeverLetsNoScriptsRunLooksAgainHowFarAnExportIs() throws Exception {
    Page page = portal.open(new Portal.Look(false, false), false);
    signIn(page, desk);
    try (AnotherNode node = new AnotherNode(system.database())) {
      fillOrder(page);
      page.click("button[value=order]");
      assertThat(page.locator("progress")).hasJSProperty("value", 0);
      node.makes(1);
      page.getByText("Look again").click();
      assertThat(page.locator("progress")).hasJSProperty("value", 50);
      page.click("button[value=end]");
      assertThat(page.locator(".export-state")).containsText("Cancelled");
      assertThat(page.getByText("Look again")).hasCount(0);
    }
    page.context().close();
  }

  @Test
  void anExportIsOrderedWatchedAndFetched() throws Exception {
    Page page = portal.open(new Portal.Look(false, false), true);
    signIn(page, desk);
    fillOrder(page);
    page.click("button[value=look]");
    assertThat(page.locator("[role=status]").getByText("Nothing is ordered yet")).isVisible();
    assertThat(page.locator(".notice [data-copy]"))
        .hasAttribute(
            "data-copy",
            Pattern.compile("curl .*/api/v1/exports.*www.nyse.com.*api.kraken.com.*ndjson.*"));
    try (AnotherNode node = new AnotherNode(system.database())) {
      page.click("button[value=order]");
      assertThat(page).hasURL(Pattern.compile(".*/account/exports[?]id=.*"));
      assertThat(page.locator(".export-state")).containsText("In the making");
      page.evaluate("window.sameDocument = true");
      assertThat(page.locator("[data-text]")).hasText("0 of 2 files");
      node.makes(1);
      assertThat(page.locator("[data-text]")).hasText("1 of 2 files");
      assertThat(page.locator("progress")).hasJSProperty("value", 50);
      node.dies();
      assertThat(page.locator(".export-state")).containsText("Ready");
    }
    assertThat(page.locator("[data-said]")).hasText("www.nyse.com and 1 more: Ready");
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("nyse.ndjson"));
    String sha256 = row.locator("[data-copy]").getAttribute("data-copy");
    Download download = page.waitForDownload(() -> row.getByText("Download").click());
    byte[] file = Files.readAllBytes(download.path());
    assertThat(download.suggestedFilename()).isEqualTo("nyse.ndjson");
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
        .isEqualTo(sha256);
    assertThat(new String(file, StandardCharsets.UTF_8)).contains("www.nyse.com");
    assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);

    page.onceDialog(Dialog::accept);
    page.click("button[value=end]");
    assertThat(page.locator(".export-state")).containsText("Removed");
    assertThat(page.getByText("Download")).hasCount(0);
    page.context().close();
  }

  @Test
  void anExportThatIsUnderwayIsCancelledWhereverItIsLookedAt() throws Exception {
    Page list = portal.open(new Portal.Look(false, false), true);
    signIn(list, desk);
    try (AnotherNode node = new AnotherNode(system.database())) {
      fillOrder(list);
      list.click("button[value=order]");
      assertThat(list).hasURL(Pattern.compile(".*[?]id=.*"));
      String id = list.url().replaceAll(".*[?]id=([^&]*).*", "$1");
      Page detail = list.context().newPage();
      detail.navigate("/account/exports?id=" + id);
      list.navigate("/account/exports");
      Locator row = list.locator("#export-" + id);
      node.makes(1);
      assertThat(row).containsText("1 of 2 files");
      list.onceDialog(Dialog::accept);
      row.locator("button[value=end]").click();
      assertThat(row).containsText("Cancelled");
      assertThat(detail.locator(".export-state")).containsText("Cancelled");
      assertThat(detail.locator("progress")).hasCount(0);
      assertThat(Customer.json(desk.withKey("GET", "/api/v1/exports/" + id)).path("state").asText())
          .isEqualTo("cancelled");
    }
    list.context().close();
  }

  @Test
  void anOrderThatIsSentTwiceIsTakenOnce() throws Exception {
    Customer hasty = new Customer(system.root(), data, "hasty");
    hasty.signUp();
    hasty.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    String form =
        "do=order&which=some&targets=nyse&format=csv&start=%s&end=%s&once=%s"
            .formatted(minutesFromNow(-60), minutesFromNow(0), UUID.randomUUID());
    String here = system.root().toString();
    assertThat(post("/account/exports", hasty, form, here).statusCode()).isEqualTo(302);
    HttpResponse<String> again = post("/account/exports", hasty, form, here);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("This form was sent before");
    assertThat(Customer.json(hasty.withKey("GET", "/api/v1/exports")).path("items")).hasSize(1);
  }

  @Test
  void whoMayOnlyReadOrdersNoExport() throws Exception {
    Customer viewer = new Customer(system.root(), data, "viewer");
    viewer.signUp();
    viewer.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    String id = order(viewer);
    try (Connection database = system.database();
        Statement statement = database.createStatement()) {
      statement.execute(
          "update platform.members set role = 'VIEWER' where tenant_id ="
              + " (select id from platform.tenants where slug = 'viewer')");
    }
    String path = "/account/exports?id=" + id;
    HttpResponse<String> page = get(path, "Cookie", "nettrace-session=" + session(viewer));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/account/exports").doesNotContain("value=\"end\"");
    String here = system.root().toString();
    for (String form : List.of("do=end&export=" + id, "do=order&which=all", "do=look")) {
      assertThat(post("/account/exports", viewer, form, here).statusCode()).as(form).isEqualTo(403);
    }
  }

  @Test
  void whatWasTypedIsThereAgainAfterASessionThatEnded() throws Exception {
    Customer writer = new Customer(system.root(), data, "writer");
    writer.signUp();
    writer.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    Page page = portal.open(new Portal.Look(false, false), true);
    signIn(page, writer);

    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Half a thought");
    page.selectOption("#kind", "test");
    page.check("input[value=READ_USAGE]");
    page.uncheck("input[value=READ_MEASUREMENTS]");
    addSecretFields(page, "make-key");
    writer.signedIn("DELETE", "/api/v1/sessions");
    page.click("button[value=make]");
    assertThat(page).hasURL(Pattern.compile(".*/sign-in[?]next=%2Faccount%2Fkeys"));
    assertThat((String) page.evaluate("JSON.stringify(sessionStorage)"))
        .contains("Half a thought")
        .doesNotContain("correct horse")
        .doesNotContain("246810");
    signInAgain(page, writer);
    assertThat(page).hasURL(Pattern.compile(".*/account/keys"));
    assertThat(page.getByText("Here is what you typed")).isVisible();
    assertThat(page.locator("#name")).hasValue("Half a thought");
    assertThat(page.locator("#kind")).hasValue("test");
    assertThat(page.locator("input[value=READ_USAGE]")).isChecked();
    assertThat(page.locator("input[value=READ_MEASUREMENTS]")).not().isChecked();
    page.click("button[value=make]");
    assertThat(page.locator("#key")).hasText(Pattern.compile("ntk_test_.{36}"));
    assertThat((String) page.evaluate("JSON.stringify(sessionStorage)"))
        .doesNotContain("Half a thought")
        .doesNotContain("ntk_");

    fillOrder(page);
    page.fill("#as_of", minutesFromNow(0));
    writer.signedIn("DELETE", "/api/v1/sessions");
    page.click("button[value=order]");
    signInAgain(page, writer);
    assertThat(page.locator("#which")).hasValue("some");
    assertThat(page.locator("input[value=kraken]")).isChecked();
    assertThat(page.locator("#format")).hasValue("ndjson");
    page.click("button[value=order]");
    assertThat(page).hasURL(Pattern.compile(".*/account/exports[?]id=.*"));
    page.context().close();
  }

  @Test
  void whatSomebodyElseTypedIsNotShown() throws Exception {
    Customer first = new Customer(system.root(), data, "first-writer");
    first.signUp();
    Page page = portal.open(new Portal.Look(false, false), true);
    signIn(page, first);
    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Only mine");
    first.signedIn("DELETE", "/api/v1/sessions");
    page.click("button[value=make]");
    signInAgain(page, desk);
    assertThat(page).hasURL(Pattern.compile(".*/account/keys"));
    assertThat(page.locator("#name")).hasValue("");
    assertThat((String) page.evaluate("JSON.stringify(sessionStorage)"))
        .doesNotContain("Only mine");
    page.context().close();
  }

  @Test
  void anothersThingsAreNotFound() throws Exception {
    Customer other = new Customer(system.root(), data, "other-desk");
    other.signUp();
    other.operator("PUT", "/plan", "{\"plan\":\"enterprise-pro\"}");
    String target =
        Customer.json(
                other.withKey(
                    "POST",
                    "/api/v1/custom-targets",
                    "{\"host\":\"api.kraken.com\",\"port\":7001}"))
            .path("id")
            .asText();
    String list =
        Customer.json(other.withKey("POST", "/api/v1/watch-lists", "{\"name\":\"secret\"}"))
            .path("id")
            .asText();
    String export = order(other);
    String files = "/api/v1/exports/" + export + "/files/nyse.csv";
    for (String path :
        List.of(
            "/account/exports?before=" + export,
            "/target/" + target,
            "/overview?list=" + list,
            "/account/targets?edit=" + target,
            "/changes?host=" + target)) {
      HttpResponse<String> answer = get(path, "Cookie", "nettrace-session=" + session(desk));
      assertThat(answer.body()).as(path).doesNotContain("secret").doesNotContain("7001");
      assertThat(answer.statusCode()).as(path).isIn(200, 404);
    }
    assertThat(get("/target/" + target, "Cookie", "nettrace-session=" + session(desk)).statusCode())
        .isEqualTo(404);
    assertThat(
            post("/account/targets", desk, "do=remove&id=" + target, system.root().toString())
                .statusCode())
        .isEqualTo(404);
    assertThat(other.withKey("GET", "/api/v1/custom-targets/" + target).statusCode())
        .isEqualTo(200);
    String[] asDesk = {"Cookie", "nettrace-session=" + session(desk)};
    assertThat(get("/account/exports?id=" + export, asDesk).statusCode()).isEqualTo(404);
    assertThat(get("/account/exports?id=nothing", asDesk).statusCode()).isEqualTo(404);
    assertThat(
            post("/account/exports", desk, "do=end&export=" + export, system.root().toString())
                .statusCode())
        .isEqualTo(404);
    assertThat(get(files, asDesk[0], asDesk[1], "Accept", "*/*").statusCode()).isEqualTo(404);
    String[] asOther = {"Cookie", "nettrace-session=" + session(other), "Accept", "*/*"};
    // while it is made there is none yet
    assertThat(get(files, asOther).statusCode()).isIn(200, 409);
  }

  @Test
  void formsOfOtherSitesAreRefused() throws Exception {
    String form = "do=name&name=Taken+over";
    assertThat(post("/account/settings", desk, form, "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(post("/account/settings", desk, form, "").statusCode()).isEqualTo(403);
    assertThat(post("/account/settings", desk, form, system.root().toString()).statusCode())
        .isEqualTo(302);
  }

  @Test
  void pagesSayWhatBrowsersMayDoWithThemAndKeepNothingHere() throws Exception {
    HttpResponse<String> page = get("/sign-in");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self' 'nonce-")
        .doesNotContain("unsafe-eval")
        .doesNotContain("script-src 'self' 'unsafe-inline'");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(page.body())
        .contains("value=\"password\"")
        .doesNotContain("jakarta.faces.ViewState");
    assertThat(get("/index.xhtml").statusCode()).isEqualTo(404);
    assertThat(get("/WEB-INF/web.xml").statusCode()).isEqualTo(404);
    assertThat(get("/overview").headers().firstValue("Location").orElseThrow())
        .endsWith("/sign-in?next=%2Foverview");
    assertThat(get("/sign-in?next=https://evil.example/").body())
        .doesNotContain("href=\"https://evil");
  }

  private static void look(Page page, List<String> paths, String prefix, Portal.Look look) {
    for (String path : paths) {
      Response response = page.navigate(path);
      assertThat(response.status()).as(path).isLessThan(500);
      String name =
          path.replaceAll("[?].*", "").replaceAll("[^a-z0-9.]+", "-").replaceAll("^-", "");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  Path.of(
                      PICTURES,
                      look.name(),
                      prefix + (name.isEmpty() ? "first-page" : name) + ".png")));
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("%s in %s is no wider than the screen", path, look.name())
          .isEqualTo(true);
      assertThat(new AxeBuilder(page).withTags(RULES).analyze().getViolations())
          .as("%s in %s", path, look.name())
          .isEmpty();
    }
  }

  /** Orders a file of one host by the API; returns the id of the export. */
  private static String order(Customer customer) throws Exception {
    String body =
        "{\"hosts\":[\"www.nyse.com\"],\"start\":\"%sZ\",\"compression\":\"none\"}"
            .formatted(minutesFromNow(-60) + ":00");
    return Customer.json(customer.withKey("POST", "/api/v1/exports", body)).path("id").asText();
  }

  /** A moment as fields of forms have it. */
  private static String minutesFromNow(int minutes) {
    return LocalDateTime.now(ZoneOffset.UTC)
        .plusMinutes(minutes)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  /** Fills in an order of two files. */
  private static void fillOrder(Page page) {
    page.navigate("/account/exports");
    page.locator("summary").getByText("New export").click();
    page.selectOption("#which", "some");
    page.check("input[value=nyse]");
    page.check("input[value=kraken]");
    page.fill("#end", minutesFromNow(2)); // which means now, and not the minute that is over
    page.selectOption("#format", "ndjson");
    page.selectOption("#compression", "none");
  }

  /** Fields that no draft may keep. */
  private static void addSecretFields(Page page, String form) {
    page.evaluate(
        """
        id => document.getElementById(id).insertAdjacentHTML("beforeend",
          '<input type="password" name="secret" value="correct horse">'
          + '<input name="code" autocomplete="one-time-code" value="246810">')
        """,
        form);
  }

  private static void signInAgain(Page page, Customer customer) {
    page.fill("#email", customer.email());
    page.fill("#password", Customer.PASSWORD);
    page.click("button[value=password]");
  }

  private static void signIn(Page page, Customer customer) {
    page.request()
        .post(
            "/api/v1/sessions",
            RequestOptions.create()
                .setHeader("Origin", system.root().toString())
                .setData(Map.of("email", customer.email(), "password", Customer.PASSWORD)));
  }

  private static String session(Customer customer) {
    return customer.authorization().substring("Session ".length());
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(system.root().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.header("Accept", "text/html"));
  }

  private static HttpResponse<String> post(
      String path, Customer customer, String form, String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(system.root() + path))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "nettrace-session=" + session(customer));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
