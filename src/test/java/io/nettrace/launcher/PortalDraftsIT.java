package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.nettrace.testing.Customer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was typed when a session ended, in a real browser: it is there again, for its writer. */
class PortalDraftsIT extends OnStage {

  @Test
  void whatWasTypedIsThereAgainAfterASessionThatEnded() throws Exception {
    Customer writer = stage.customer("writer");
    Page page = stage.browser(writer);

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

    PortalStage.fillOrder(page);
    page.fill("#as_of", PortalStage.minutesFromNow(0));
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
    Customer first = stage.stranger("first-writer");
    first.signUp();
    Page page = stage.browser(first);
    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Only mine");
    first.signedIn("DELETE", "/api/v1/sessions");
    page.click("button[value=make]");
    signInAgain(page, stage.desk);
    assertThat(page).hasURL(Pattern.compile(".*/account/keys"));
    assertThat(page.locator("#name")).hasValue("");
    assertThat((String) page.evaluate("JSON.stringify(sessionStorage)"))
        .doesNotContain("Only mine");
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({
    "/account/security, offer-app, Add",
    "/account/settings, export-ndjson, Download as NDJSON",
    "/account/settings, export-csv, Download as CSV"
  })
  void afterAConfirmationTheButtonThatWasPressedIsNamedAndHasTheFocus(
      String address, String wish, String title) throws Exception {
    Customer customer = stage.customer("pressed-" + wish);
    Page page = stage.browser(customer);
    page.navigate(address);
    stage.lastConfirmedADayAgo(customer);
    pressAndConfirm(page, wish, "Nothing was done yet. Press “%s” again.".formatted(title));
    page.context().close();
  }

  @Test
  void afterAConfirmationTheFormWaitsForItsButtonOnceMore() throws Exception {
    Customer customer = stage.customer("typed-and-pressed");
    Page page = stage.browser(customer);
    page.navigate("/account/settings");
    page.fill("#idle", "45");
    stage.lastConfirmedADayAgo(customer);
    pressAndConfirm(page, "policy", "Here is what you typed. Send it again.");
    assertThat(page).hasURL(Pattern.compile(".*/account/settings[?]did=confirmed"));
    assertThat(page.locator("#idle")).hasValue("45");
    page.click("button[value=policy]");
    assertThat(page).hasURL(Pattern.compile(".*did=policy"));
    page.navigate("/account/settings?did=confirmed");
    assertThat(page.locator("#idle")).hasValue("45");
    assertThat(page.locator("[data-confirmed]")).not().containsText("what you typed");
    page.context().close();
  }

  @Test
  void whatIsWrongWithFieldsIsToldOnTopAndTheFirstHasTheFocus() throws Exception {
    Page page = stage.browser(stage.customer("mistaken"));
    page.navigate("/account/settings");
    page.fill("#origins", "ftp://x");
    page.click("button[value=readers]");
    assertThat(page.locator("[data-wrongs]"))
        .hasText("One field is not right: Web pages that may read the API");
    assertThat(page.locator("#origins")).isFocused();
    assertThat(page.locator("main > :first-child")).hasAttribute("role", "alert");

    page.navigate("/account/keys");
    page.locator("summary").getByText("New key").click();
    page.fill("#name", "Mistaken");
    page.fill("#from", "nowhere");
    page.uncheck("input[value=READ_MEASUREMENTS]");
    page.click("button[value=make]");
    assertThat(page.locator("[data-wrongs]")).hasText(Pattern.compile(".* not right: .*"));
    page.locator("[data-wrongs] a").last().click();
    assertThat(page.locator("form :focus")).hasCount(1);

    PortalStage.fillOrder(page);
    page.uncheck("input[value=nyse]");
    page.uncheck("input[value=kraken]");
    page.fill("#end", "2020-01-01T00:00");
    page.click("button[value=order]");
    assertThat(page.locator("[data-wrongs]"))
        .hasText("2 fields are not right: Targets, Until, UTC");
    assertThat(page.locator("#which")).isFocused();
    page.locator("[data-wrongs] a").last().click();
    assertThat(page.locator("#end")).isFocused();
    page.context().close();
  }

  /**
   * Presses a button that wants a fresh proof and gives it; the button waits to be pressed again.
   */
  private static void pressAndConfirm(Page page, String wish, String told) {
    String button = "button[value=%s]".formatted(wish);
    page.click(button);
    assertThat(page).hasURL(Pattern.compile(".*/confirm.*"));
    page.fill("#password", Customer.PASSWORD);
    page.click("button[value=password]");
    assertThat(page).hasURL(Pattern.compile(".*did=confirmed"));
    assertThat(page.locator("[data-confirmed]")).hasText(told);
    assertThat(page.locator(button)).isFocused();
    assertThat(page.locator(button)).isInViewport();
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
}
