package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.nettrace.platform.Sql;
import io.nettrace.testing.Customer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The portal in a real browser before the whole product: what people do there, on wide and narrow
 * screens, in light and dark; that everybody can use it; and that it cannot be used against them.
 * Every page is left as a picture in {@value #PICTURES}.
 */
class PortalIT extends OnStage {
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
          "/invitation",
          "/letters");
  private static final List<String> INSIDE =
      Stream.of(
              List.of(
                  "/overview",
                  "/target/www.nyse.com?range=1h",
                  "/compare?hosts=www.nyse.com,api.kraken.com&range=1h",
                  "/rankings",
                  "/changes"),
              PortalStage.OWN_PAGES,
              List.of("/nothing-is-here"))
          .flatMap(List::stream)
          .toList();
  private static final List<String> RULES =
      List.of(
          "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "section508", "best-practice");

  private static String orderedByDesk;

  @BeforeAll
  static void order() throws Exception {
    orderedByDesk = PortalStage.order(stage.desk);
  }

  static List<Portal.Look> looks() {
    return Portal.Look.ALL;
  }

  /** Light and dark, wide and on a phone, each once. */
  static Stream<Portal.Look> opposites() {
    return Portal.Look.ALL.stream().filter(look -> !look.isMixed());
  }

  @ParameterizedTest
  @MethodSource("opposites")
  void fromNothingToAKeyOfOnesOwn(Portal.Look look) throws Exception {
    Customer customer = stage.stranger("journey-" + look.name());
    Page page = stage.portal.open(look, true);
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
    PortalStage.mayDoEverything(customer);

    addApp(page);
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
    page.fill("#tags", "stage.desk, <i>x</i>");
    page.click("button[value=add]");
    assertThat(page).hasURL(Pattern.compile(".*/target/ct-.*"));
    String added = "/operator/v1/events?type=target.added&tenant=" + customer.slug();
    assertThat(Customer.json(customer.operate("GET", added)).at("/items/0/actor").asText())
        .startsWith("person:");

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
    Page page = stage.portal.open(look, true);
    look(page, PUBLIC, "", look);
    stage.signIn(page, stage.desk);
    look(page, INSIDE, "", look);
    look(page, List.of("/account/exports?id=" + orderedByDesk), "files-", look);
    Customer visitor = stage.stranger("visitor-" + look.name());
    visitor.signUp();
    page.context().clearCookies();
    stage.signIn(page, visitor);
    look(page, INSIDE.subList(0, 15), "free-", look);
    PortalStage.mayDoEverything(visitor);
    look(page, List.of("/account/exports"), "empty-", look);
    assertThat(page.locator(".empty")).containsText("No export yet");
    page.context().close();
    // the page that is not there says so, which browsers report
    assertThat(stage.portal.complaints()).allMatch(line -> line.contains("/nothing-is-here"));
  }

  @Test
  void anOperatorCanUseTheConsole() throws Exception {
    Page page = stage.browser(stage.customer(PortalStage.OPERATOR));
    addApp(page);
    String replayed = UUID.randomUUID().toString();
    String dropped = UUID.randomUUID().toString();
    addDeadJobs(replayed, dropped);
    for (Portal.Look look : Portal.Look.ALL) {
      look.on(page);
      look(page, List.of(stage.system.operations() + "/console"), "", look);
      assertThat(page.locator("h1")).hasText("Console");
    }
    Locator first = page.locator("tr", new Page.LocatorOptions().setHasText(replayed));
    assertThat(first).containsText("mailbox full");
    first.locator("button[value=replay]").click();
    assertThat(page.getByText("The job is tried again.")).isVisible();
    assertThat(first).hasCount(0); // there is no such letter: done
    page.onceDialog(Dialog::accept);
    page.locator("tr", new Page.LocatorOptions().setHasText(dropped))
        .locator("button[value=drop]")
        .click();
    assertThat(page.getByText("The job is gone.")).isVisible();
    assertThat(page.locator("button[value=drop]")).hasCount(0);
    page.context().close();
  }

  private static void addDeadJobs(String... keys) throws Exception {
    try (Connection database = stage.system.database()) {
      for (String key : keys) {
        int _ =
            Sql.of(
                    """
                    insert into platform.dead_jobs
                      (id, type, key, data, priority, enqueued_at, died_at, attempts, reason, failure)
                    values (gen_random_uuid(), 'mail.send', :key,
                      convert_to('{"letter":"' || :key || '"}', 'UTF8'), 0, now(), now(),
                      10, 'ATTEMPTS', 'IOException: mailbox full')
                    """)
                .bind("key", key)
                .update(database);
      }
    }
  }

  /** Adds an authenticator app and leaves its recovery codes on the page. */
  private static void addApp(Page page) throws Exception {
    page.navigate("/account/security");
    page.click("button[value=offer-app]");
    page.fill("#code", OneTimeCode.now(page.locator("#secret").textContent()));
    page.click("button[value=confirm-app]");
    assertThat(page.locator("#codes li")).hasCount(10);
  }

  @Test
  void whoeverLetsNoScriptsRunCanStillRead() {
    Page page = stage.portal.open(PortalStage.WIDE, false);
    page.navigate("/sign-in");
    page.fill("#email", stage.desk.email());
    page.fill("#password", Customer.PASSWORD);
    page.click("button[value=password]");
    assertThat(page.locator("tr[data-id]")).not().hasCount(0);
    page.navigate("/target/www.nyse.com");
    assertThat(page.locator(".hops tbody tr").first()).isVisible();
    assertThat(page.locator(".tile").first()).isVisible();
    page.context().close();
  }

  @Test
  void anothersThingsAreNotFound() throws Exception {
    Customer other = stage.customer("other-desk");
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
    String export = PortalStage.order(other);
    String files = "/api/v1/exports/" + export + "/files/nyse.csv";
    for (String path :
        List.of(
            "/account/exports?before=" + export,
            "/target/" + target,
            "/overview?list=" + list,
            "/account/targets?edit=" + target,
            "/changes?host=" + target)) {
      HttpResponse<String> answer =
          stage.get(path, "Cookie", "nettrace-session=" + PortalStage.session(stage.desk));
      assertThat(answer.body()).as(path).doesNotContain("secret").doesNotContain("7001");
      assertThat(answer.statusCode()).as(path).isIn(200, 404);
    }
    assertThat(
            stage
                .get(
                    "/target/" + target,
                    "Cookie",
                    "nettrace-session=" + PortalStage.session(stage.desk))
                .statusCode())
        .isEqualTo(404);
    assertThat(
            stage
                .post("/account/targets", stage.desk, "do=remove&id=" + target, stage.root())
                .statusCode())
        .isEqualTo(404);
    assertThat(other.withKey("GET", "/api/v1/custom-targets/" + target).statusCode())
        .isEqualTo(200);
    String[] asDesk = {"Cookie", "nettrace-session=" + PortalStage.session(stage.desk)};
    assertThat(stage.get("/account/exports?id=" + export, asDesk).statusCode()).isEqualTo(404);
    assertThat(stage.get("/account/exports?id=nothing", asDesk).statusCode()).isEqualTo(404);
    assertThat(
            stage
                .post("/account/exports", stage.desk, "do=end&export=" + export, stage.root())
                .statusCode())
        .isEqualTo(404);
    assertThat(stage.get(files, asDesk[0], asDesk[1], "Accept", "*/*").statusCode()).isEqualTo(404);
    String[] asOther = {
      "Cookie", "nettrace-session=" + PortalStage.session(other), "Accept", "*/*"
    };
    // while it is made there is none yet
    assertThat(stage.get(files, asOther).statusCode()).isIn(200, 409);
  }

  @Test
  void formsOfOtherSitesAreRefused() throws Exception {
    String form = "do=name&name=Taken+over";
    assertThat(
            stage.post("/account/settings", stage.desk, form, "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(stage.post("/account/settings", stage.desk, form, "").statusCode()).isEqualTo(403);
    assertThat(stage.post("/account/settings", stage.desk, form, stage.root()).statusCode())
        .isEqualTo(302);
  }

  @Test
  void pagesSayWhatBrowsersMayDoWithThemAndKeepNothingHere() throws Exception {
    HttpResponse<String> page = stage.get("/sign-in");
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
    assertThat(stage.get("/index.xhtml").statusCode()).isEqualTo(404);
    assertThat(stage.get("/WEB-INF/web.xml").statusCode()).isEqualTo(404);
    assertThat(stage.get("/overview").headers().firstValue("Location").orElseThrow())
        .endsWith("/sign-in?next=%2Foverview");
    assertThat(stage.get("/sign-in?next=https://evil.example/").body())
        .doesNotContain("href=\"https://evil");
  }

  /**
   * A look takes every second page, its counterpart the others: each page is seen light and dark,
   * wide and on a phone.
   */
  private static void look(Page page, List<String> paths, String prefix, Portal.Look look) {
    for (String path : paths) {
      boolean isOfOthers = paths.size() > 1 && paths.indexOf(path) % 2 == (look.isMixed() ? 1 : 0);
      if (isOfOthers) {
        continue;
      }
      Response response = page.navigate(path);
      assertThat(response.status()).as(path).isLessThan(500);
      String name =
          path.replaceAll("^http://[^/]+|[?].*", "")
              .replaceAll("[^a-z0-9.]+", "-")
              .replaceAll("^-", "");
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
      assertThat(violations(page)).as("%s in %s", path, look.name()).isEmpty();
    }
  }

  /**
   * Of one document: the portal has no frames, so no second page is needed to put them together.
   */
  private static List<Rule> violations(Page page) {
    return new AxeBuilder(page).setLegacyMode(true).withTags(RULES).analyze().getViolations();
  }
}
