package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.nettrace.testing.Customer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of the portal: what is wrong stands where it is, and nothing that was typed is lost. */
class PortalFormsIT extends OnStage {

  @Test
  void howReadersAreAnsweredIsSetWithReasonsAndNotOverAnothersChange() throws Exception {
    Customer customer = stage.customer("readers");
    Page page = stage.browser(customer);
    page.navigate("/account/settings");
    Page other = page.context().newPage();
    other.navigate("/account/settings");
    String installations = page.locator("#vantage_point option").first().textContent();
    String place = page.locator("#vantage_point option").nth(1).getAttribute("value");
    assertThat(installations).isEqualTo("The installation's (%s)".formatted(place));

    page.selectOption("#vantage_point", place);
    page.fill("#origins", "https://desk.example\nhttps://*.evil.example");
    page.click("button[value=readers]");
    assertThat(page.locator("#origins-about"))
        .containsText("Line 2, “https://*.evil.example”, has a wild");
    assertThat(page.locator("#origins")).hasValue("https://desk.example\nhttps://*.evil.example");
    page.fill("#origins", "HTTPS://Desk.example:443\n\nhttp://localhost:3000");
    page.click("button[value=readers]");
    assertThat(page).hasURL(Pattern.compile(".*did=readers"));
    assertThat(page.locator("#origins")).hasValue("https://desk.example\nhttp://localhost:3000");
    assertThat(page.locator("#vantage_point")).hasValue(place);

    other.fill("#origins", "https://other.example");
    other.click("button[value=readers]");
    assertThat(other.locator("[role=alert]").last()).containsText("was changed meanwhile");
    assertThat(other.locator("#origins")).hasValue("https://other.example");
    assertThat(other.locator("#origins-about .meanwhile"))
        .hasText("Now: https://desk.example\nhttp://localhost:3000");
    assertThat(other.locator("#vantage_point-about .meanwhile")).hasText("Now: " + place);
    JsonNode kept = Customer.json(customer.signedIn("GET", "/api/v1/tenant/settings"));
    assertThat(kept.path("allowed_origins")).hasSize(2);
    assertThat(kept.path("default_vantage_point").asText()).isEqualTo(place);

    other.click("button[value=readers]");
    assertThat(other).hasURL(Pattern.compile(".*did=readers"));
    assertThat(other.locator("#origins")).hasValue("https://other.example");
    assertThat(other.locator("#vantage_point")).hasValue("-");
    assertThat(other.locator(".meanwhile")).hasCount(0);
    page.context().close();
  }

  @Test
  void aFormThatWasChangedMeanwhileCanBeSavedAgain() throws Exception {
    Customer customer = stage.customer("saves-twice");
    Page page = stage.browser(customer);
    customer.withKey(
        "POST", "/api/v1/custom-targets", "{\"host\":\"api.kraken.com\",\"port\":7001}");
    customer.withKey("POST", "/api/v1/watch-lists", "{\"name\":\"Desk\",\"targets\":[]}");
    for (String list : List.of("/account/targets", "/account/watch-lists")) {
      page.navigate(list);
      page.locator("a[href*='edit=']").first().click();
      page.waitForURL(address -> address.contains("edit="));
      String form = page.url();
      saveAs(page, "First");
      assertThat(page).hasURL(Pattern.compile(".*did=changed"));
      assertThat(page.locator("tbody")).containsText("First");

      page.navigate(form);
      Page other = page.context().newPage();
      other.navigate(form);
      saveAs(other, "Of another");
      assertThat(other).hasURL(Pattern.compile(".*did=changed"));
      saveAs(page, "Second");
      assertThat(page.locator(".notice.bad")).containsText("was changed meanwhile");
      assertThat(page.locator(".meanwhile")).hasText("Now: Of another");
      assertThat(page.locator(".notice.bad a"))
          .hasAttribute("href", Pattern.compile(list + "[?]edit=.+"));
      assertThat(page.locator("input[name=name]").first()).hasValue("Second");
      page.locator("button[value=change]").click();
      assertThat(page).hasURL(Pattern.compile(".*did=changed"));
      assertThat(page.locator("tbody")).containsText("Second");
      other.close();
    }
    page.context().close();
  }

  private static void saveAs(Page page, String name) {
    page.locator("form:has(button[value=change]) input[name=name]").fill(name);
    page.locator("button[value=change]").click();
  }

  @Test
  void whatIsTypedIntoAFormSurvivesTheSaveOfAnother() throws Exception {
    Page page = stage.browser(stage.customer("beside"));
    Locator unsaved = page.getByText("Not saved yet");
    page.navigate("/account/settings");
    page.fill("#name", "Half a name");
    page.fill("#origins", "ftp://x");
    page.click("button[value=readers]");
    assertThat(page.locator("#origins-about .wrong")).isVisible();
    assertThat(page.locator("#name")).hasValue("Half a name");
    assertThat(unsaved).hasCount(1);

    page.fill("#idle", "45");
    page.click("button[value=policy]");
    assertThat(page).hasURL(Pattern.compile(".*did=policy"));
    assertThat(page.locator("#name")).hasValue("Half a name");
    assertThat(page.locator("#origins")).hasValue("ftp://x");
    assertThat(unsaved).hasCount(2);

    page.fill("#origins", "https://x.example");
    page.click("button[value=readers]");
    assertThat(page).hasURL(Pattern.compile(".*did=readers"));
    assertThat(page.locator("#origins")).hasValue("https://x.example");
    page.click("button[value=name]");
    assertThat(page).hasURL(Pattern.compile(".*did=name"));
    assertThat(page.locator("h1")).containsText("Half a name");
    assertThat(unsaved).hasCount(0);
    page.context().close();
  }

  @Test
  void aVersionGoesWithWhatWasTypedOverIt() throws Exception {
    Page page = stage.browser(stage.customer("versions"));
    page.navigate("/account/settings");
    page.fill("#origins", "https://typed.example");
    Page other = page.context().newPage();
    other.navigate("/account/settings");
    other.fill("#origins", "https://another.example");
    other.click("button[value=readers]");
    assertThat(other).hasURL(Pattern.compile(".*did=readers"));
    page.fill("#name", "Saved between");
    page.click("button[value=name]");
    assertThat(page).hasURL(Pattern.compile(".*did=name"));
    assertThat(page.locator("#origins")).hasValue("https://typed.example");
    page.click("button[value=readers]");
    assertThat(page.locator("#origins-about .meanwhile")).hasText("Now: https://another.example");
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 50, idle, It must not be longer than the 50 minutes",
    "2000, 3000, idle, It is a whole number from 5 to 1440",
    "30, 20000, absolute, It is a whole number from 15 to 10080"
  })
  void aLimitOfSessionsThatCannotBeIsToldAtItsField(
      String idle, String absolute, String field, String told) throws Exception {
    Page page = stage.browser(stage.customer("limits-" + idle));
    page.navigate("/account/settings");
    page.fill("#idle", idle);
    page.fill("#absolute", absolute);
    page.click("button[value=policy]");
    assertThat(page.locator("#%s-about .wrong".formatted(field))).containsText(told);
    assertThat(page.locator("main .wrong")).hasCount(1);
    assertThat(page.locator("#idle")).hasValue(idle);
    page.context().close();
  }

  @Test
  void everyBadLineIsNamed() throws Exception {
    Page page = stage.browser(stage.customer("bad-lines"));
    page.navigate("/account/settings");
    page.fill("#origins", "\nftp://x\nhttps://good.example\nhttps://*.x.example");
    page.click("button[value=readers]");
    assertThat(page.locator("#origins-about .wrong"))
        .hasText(Pattern.compile("Line 2, “ftp://x”, .*; line 4, “https://[*].x.example”, .*"));

    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Networks");
    page.fill("#from", "here, 192.0.2.0/24, there");
    page.click("button[value=make]");
    assertThat(page.locator("#from-about .wrong"))
        .hasText("“here”, “there” are no networks such as 192.0.2.0/24.");

    page.navigate("/account/targets");
    page.locator("summary").getByText("Import many").click();
    page.fill("#list", "127.0.0.1\napi.kraken.com\n\napi.kraken.com\napi.kraken.com, 99999");
    page.click("button[value=import]");
    assertThat(page.locator(".refusals li"))
        .hasText(
            new Pattern[] {
              Pattern.compile("Line 1: host: .*"),
              Pattern.compile("Line 4: you have one .*"),
              Pattern.compile("Line 5: port: .*")
            });
    page.fill("#list", "127.0.0.1\n".repeat(23));
    page.click("button[value=import]");
    assertThat(page.locator(".refusals li")).hasCount(21);
    assertThat(page.locator(".refusals li").last()).hasText("And 3 more, in lines 21, 22, 23.");
    page.context().close();
  }

  @Test
  void whatAnExportCannotBeMadeOfIsToldWithWhatItCan() throws Exception {
    String order =
        "do=look&which=all&format=xml&compression=rar&start=%s&end=%s"
            .formatted(PortalStage.minutesFromNow(-9), PortalStage.minutesFromNow(-1));
    String body = stage.post("/account/exports", stage.desk, order, stage.root()).body();
    assertThat(body)
        .contains("It is one of csv, json, ndjson, parquet.", "It is one of none, gzip, zstd.");
  }

  @Test
  void aTargetIsNotComparedWithItself() throws Exception {
    String[] signedIn = {"Cookie", "nettrace-session=" + PortalStage.session(stage.desk)};
    String told = "is compared already, and nothing is compared with itself";
    for (String same : List.of("www.nyse.com", "nyse")) {
      assertThat(stage.get("/compare?hosts=www.nyse.com&add=" + same, signedIn).body())
          .contains("New York Stock Exchange " + told);
    }
    assertThat(stage.get("/compare?hosts=www.nyse.com&add=api.kraken.com", signedIn).body())
        .doesNotContain(told);
  }
}
