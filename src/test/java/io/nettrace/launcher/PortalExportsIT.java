package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.nettrace.testing.Customer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Exports in a real browser: ordered, watched, fetched and cancelled on their page. */
class PortalExportsIT extends OnStage {

  @Test
  void whoeverLetsNoScriptsRunLooksAgainHowFarAnExportIs() throws Exception {
    Page page = stage.portal.open(PortalStage.WIDE, false);
    stage.signIn(page, stage.desk);
    try (AnotherNode node = new AnotherNode(stage.system.database())) {
      PortalStage.fillOrder(page);
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
    Page page = stage.browser(stage.desk);
    PortalStage.fillOrder(page);
    page.click("button[value=look]");
    assertThat(page.locator("[role=status]").getByText("Nothing is ordered yet")).isVisible();
    assertThat(page.locator(".notice [data-copy]"))
        .hasAttribute(
            "data-copy",
            Pattern.compile("curl .*/api/v1/exports.*www.nyse.com.*api.kraken.com.*ndjson.*"));
    try (AnotherNode node = new AnotherNode(stage.system.database())) {
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
    Page list = stage.browser(stage.desk);
    try (AnotherNode node = new AnotherNode(stage.system.database())) {
      PortalStage.fillOrder(list);
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
      assertThat(
              Customer.json(stage.desk.withKey("GET", "/api/v1/exports/" + id))
                  .path("state")
                  .asText())
          .isEqualTo("cancelled");
    }
    list.context().close();
  }

  @Test
  void anOrderThatIsSentTwiceIsTakenOnce() throws Exception {
    Customer hasty = stage.customer("hasty");
    String form =
        "do=order&which=some&targets=nyse&format=csv&start=%s&end=%s&once=%s"
            .formatted(
                PortalStage.minutesFromNow(-60), PortalStage.minutesFromNow(0), UUID.randomUUID());
    String here = stage.root();
    assertThat(stage.post("/account/exports", hasty, form, here).statusCode()).isEqualTo(302);
    HttpResponse<String> again = stage.post("/account/exports", hasty, form, here);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("This form was sent before");
    assertThat(Customer.json(hasty.withKey("GET", "/api/v1/exports")).path("items")).hasSize(1);
  }

  @Test
  void whoMayOnlyReadOrdersNoExport() throws Exception {
    Customer viewer = stage.customer("viewer");
    String id = PortalStage.order(viewer);
    try (Connection database = stage.system.database();
        Statement statement = database.createStatement()) {
      statement.execute(
          "update platform.members set role = 'VIEWER' where tenant_id ="
              + " (select id from platform.tenants where slug = 'viewer')");
    }
    String path = "/account/exports?id=" + id;
    HttpResponse<String> page =
        stage.get(path, "Cookie", "nettrace-session=" + PortalStage.session(viewer));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/account/exports").doesNotContain("value=\"end\"");
    String here = stage.root();
    for (String form : List.of("do=end&export=" + id, "do=order&which=all", "do=look")) {
      assertThat(stage.post("/account/exports", viewer, form, here).statusCode())
          .as(form)
          .isEqualTo(403);
    }
  }
}
