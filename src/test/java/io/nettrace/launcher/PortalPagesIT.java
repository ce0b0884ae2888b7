package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What pages do with what was chosen, typed and asked for: they keep it, and say what they cannot.
 */
class PortalPagesIT extends OnStage {
  private static final String TARGET = "/target/www.nyse.com";

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

  @ParameterizedTest
  @CsvSource({
    "'/target/www.nyse.com?range=7w&at=noon&view=cloud', 'Range “7w”|At “noon”|View “cloud”'",
    "'/target/www.nyse.com?from=mars&start=2020&b=x', 'From “mars”|Start “2020”|B “x”'",
    "'/overview?category=fish&sort=colour&from=mars', 'Category “fish”|Sort “colour”|From “mars”'",
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
