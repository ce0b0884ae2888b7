package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The portal without a mouse: everything is reached with the tab key, seen, and worked. */
class PortalKeyboardIT extends OnStage {
  private static final List<String> PAGES =
      List.of(
          "/overview",
          "/target/www.nyse.com?range=1h",
          "/compare?hosts=www.nyse.com,api.kraken.com&range=1h",
          "/rankings",
          "/changes",
          "/account/targets",
          "/account/exports",
          "/account/keys",
          "/account/members",
          "/account/settings",
          "/account/security");

  /** A date has a stop for each of its parts. */
  private static final int STOPS_OF_ONE = 8;

  private static final String BEGIN =
      """
      () => {
        const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
        window.missing = new Set([...document.querySelectorAll(can)].filter((each) =>
          each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0));
        window.unseen = [];
        return window.missing.size;
      }
      """;
  private static final String STEP =
      """
      () => {
        const here = document.activeElement;
        if (window.missing.delete(here)) {
          const { outlineStyle, boxShadow } = getComputedStyle(here);
          if (outlineStyle === 'none' && boxShadow === 'none') window.unseen.push(here.outerHTML);
        }
        return window.missing.size;
      }
      """;

  @Test
  void everythingIsReachedAndOneSeesWhereOneIs() {
    Page page = stage.browser(stage.desk);
    for (String path : PAGES) {
      page.navigate(path);
      int left = (int) page.evaluate(BEGIN);
      assertThat(left).as(path).isGreaterThan(5);
      for (int steps = left * STOPS_OF_ONE; left > 0 && steps > 0; steps--) {
        page.keyboard().press("Tab");
        left = (int) page.evaluate(STEP);
      }
      assertThat(page.evaluate("[...window.missing].map((each) => each.outerHTML)"))
          .as("not reached on %s", path)
          .isEqualTo(List.of());
      assertThat(page.evaluate("window.unseen"))
          .as("looks the same with the focus on %s", path)
          .isEqualTo(List.of());
    }
    page.context().close();
  }

  @Test
  void theFirstStopSkipsToTheContent() {
    Page page = stage.browser(stage.desk);
    page.navigate("/overview");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.evaluate("document.activeElement.closest('main') !== null")).isEqualTo(true);
    page.context().close();
  }

  @Test
  void aFigureSaysWhyItMayBeTrustedAndGivesTheFocusBack() {
    Page page = stage.browser(stage.desk);
    page.navigate("/target/www.nyse.com?range=1h");
    page.locator(".tile .why").first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("dialog[open]")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertThat(page.locator(".tile .why").first()).isFocused();
    page.context().close();
  }

  @Test
  void arrowsMoveTheTimeMachine() throws Exception {
    stage.system.await(
        "a first path",
        "/api/v1/routes/www.nyse.com",
        answer -> !answer.findPath("hops").isEmpty());
    Page page = stage.browser(stage.desk);
    page.navigate("/target/www.nyse.com?range=1h");
    String now = page.locator("#at").inputValue();
    page.locator(".scrub").focus();
    page.keyboard().press("Home");
    assertThat(page.locator("#at")).not().hasValue(now);
    assertThat(page.locator(".path-then .empty")).containsText("No path is kept from then");
    page.keyboard().press("End");
    assertThat(page.locator(".hops tbody tr").first()).isVisible();
    page.context().close();
  }
}
