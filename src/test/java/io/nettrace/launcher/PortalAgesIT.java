package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How old what a page shows is, and what comes to a page that stays open. */
class PortalAgesIT extends OnStage {
  private static final int PHONE = 360;
  private static final Pattern AGO = Pattern.compile("[0-9]+ (s|min) ago");
  private static final Pattern AS_OF =
      Pattern.compile(".*figures are as of [0-9:]{8} UTC, [0-9]+ (s|min) ago\\.");

  /** It began behind every burst, so none is newer. */
  private static final String FAULT_OF_THE_LINE =
      """
      insert into platform.vantage_faults
        (vantage_point, kind, began_at, spool, targets, reason, known_at)
      select vantage_point, 'LINE', now() + interval '1 hour', spool, 100,
        'no target answers any more', now()
      from platform.scanners limit 1
      """;

  private static final String FAULT_THAT_IS_OVER =
      """
      insert into platform.vantage_faults
        (vantage_point, kind, began_at, ended_at, spool, targets, reason, known_at)
      select vantage_point, ?, now() - interval '30 minutes', now() - interval '20 minutes', spool,
        100, 'no target answers any more', now()
      from platform.scanners limit 1
      """;

  /** In the middle of the shaded part every pixel is painted, and not all in one colour. */
  private static final String STRIPED =
      """
      () => {
        const canvas = document.querySelector(".uplot canvas");
        const { width, height } = canvas;
        const pixels = [...canvas.getContext("2d")
          .getImageData(Math.round(width * 0.55), Math.round(height * 0.2), 24, 1).data];
        const channel = (which) => pixels.filter((_, i) => i % 4 === which);
        return channel(3).every((alpha) => alpha === 255) && new Set(channel(0)).size > 1 ? "striped" : "plain";
      }
      """;

  @Test
  void whileNothingIsMeasuredFiguresAreGreyAndSayOfWhenTheyAre() throws Exception {
    Page page = stage.browser(stage.desk);
    page.navigate("/overview");
    Locator old = page.locator("tr.old");
    assertThat(page.locator("[data-live=state]")).hasText("Live");
    assertThat(old).hasCount(0);
    assertThat(page.locator("[data-live=aged]")).isHidden();
    assertThat(page.locator("[data-live=newest] .age")).hasText(AGO);
    change(FAULT_OF_THE_LINE);
    try {
      assertThat(old).hasCount(page.locator("tr[data-id]").count());
      assertThat(old.first().locator(".age")).hasText(AGO);
      assertThat(page.locator("[data-live=aged]")).hasText(AS_OF);
      assertThat(page.locator("[data-live=answering]")).hasText("–");
      assertThat(page.locator("[data-live=tiles]")).hasClass(Pattern.compile(".*old.*"));
      page.reload();
      assertThat(old.first().locator(".age")).hasText(AGO);
      assertThat(page.locator("[data-live=aged]")).hasText(AS_OF);

      page.navigate("/target/www.nyse.com?range=1h");
      assertThat(page.locator("#figures .aged")).hasText(AS_OF);
      assertThat(page.locator("#figures .tiles")).hasClass(Pattern.compile(".*old.*"));
      page.navigate("/rankings");
      assertThat(page.locator("tr.old").first()).containsText("newest measurement");
      page.navigate("/overview");
      assertThat(old.first()).isVisible();
    } finally {
      change("delete from platform.vantage_faults where kind = 'LINE' and ended_at is null");
    }
    assertThat(old).hasCount(0);
    assertThat(page.locator("[data-live=answering]")).not().hasText("–");
    assertThat(page.locator("[data-live=aged]")).isHidden();
    page.context().close();
  }

  @Test
  void chartsShadeWhatWasNotMeasuredAndSaySo() throws Exception {
    Page page = stage.browser(stage.desk);
    change(FAULT_THAT_IS_OVER, "LINE");
    try {
      for (String path :
          new String[] {"/target/www.nyse.com?range=1h", "/compare?hosts=www.nyse.com&range=1h"}) {
        page.navigate(path);
        assertThat(page.locator("figure.chart")).hasAttribute("aria-describedby", "unmeasured");
        assertThat(page.locator("#unmeasured"))
            .hasText(Pattern.compile("Shaded: not measured from here, for a fault of .* to .*"));
        assertThat(page.locator("#unmeasured time")).hasCount(2);
        assertThat(page.locator(".uplot canvas").first()).isVisible();
        assertThat((String) page.evaluate(STRIPED)).as(path).isEqualTo("striped");
      }
    } finally {
      change("delete from platform.vantage_faults where kind = 'LINE'");
    }
    page.reload();
    assertThat(page.locator("#unmeasured")).isEmpty();
    page.context().close();
  }

  @Test
  void whatHappenedStandsAboveTheManyRowsOnAPhone() throws Exception {
    Page page = stage.browser(stage.desk);
    page.setViewportSize(PHONE, 740);
    change(FAULT_OF_THE_LINE);
    try {
      page.navigate("/overview");
      double banner = top(page, "[data-live=faults] .notice");
      double tiles = top(page, ".tiles");
      double story = top(page, "[data-live=happened]");
      assertThat(banner).isLessThan(tiles);
      assertThat(tiles).isLessThan(story);
      assertThat(story).isLessThan(top(page, "tr[data-id]"));
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    } finally {
      change("delete from platform.vantage_faults where kind = 'LINE'");
    }
    page.context().close();
  }

  private static double top(Page page, String part) {
    return page.locator(part).first().boundingBox().y;
  }

  @Test
  void whatHappensWhileTheListOfChangesIsOpenIsCountedAndComesWhenAsked() throws Exception {
    Page page = stage.browser(stage.desk);
    page.navigate("/changes?type=vantage_fault");
    int before = page.locator("tr[data-event]").count();
    change(FAULT_THAT_IS_OVER, "RESOLVER");
    try {
      Locator news = page.locator("[data-live=new] button");
      assertThat(news).hasText("1 new");
      assertThat(page.locator("tr[data-event]")).hasCount(before);
      news.click();
      assertThat(page.locator("tr[data-event]")).hasCount(before + 1);
      assertThat(news).isHidden();
      page.navigate("/changes?type=vantage_fault&until=" + PortalStage.minutesFromNow(-1) + ":00Z");
      assertThat(page.locator("[data-live=list]")).not().hasAttribute("data-open", "yes");
    } finally {
      change("delete from platform.vantage_faults where kind = 'RESOLVER'");
    }
    page.context().close();
  }

  private static void change(String sql, String... values) throws Exception {
    try (Connection connection = stage.system.database();
        PreparedStatement change = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        change.setString(i + 1, values[i]);
      }
      assertThat(change.executeUpdate()).isPositive();
    }
  }
}
