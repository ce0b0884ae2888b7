package io.nettrace.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.nettrace.testing.Customer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are longer than a page. */
class PortalListsIT extends OnStage {
  private static final String PEOPLE =
      """
      with people as (
        insert into platform.accounts (id, email, email_key, name, created_at, verified_at,
          password_hash, password_stands_alone, password_changed_at)
        select gen_random_uuid(), 'p' || n || e, 'p' || n || e, 'Person ' || n, now(), now(),
          password_hash, true, now()
        from platform.accounts, generate_series(1, 119) n, concat('@', ?::text, '.example') e
        where email = ? returning id)
      insert into platform.members (tenant_id, account_id, role, since)
      select t.id, p.id, 'VIEWER', now() from platform.tenants t, people p where t.slug = ?
      """;
  private static final String INVITATIONS =
      """
      insert into platform.invitations (id, tenant_id, email, email_key, role, created_at,
        expires_at)
      select gen_random_uuid(), t.id, 'i' || n || '@crowd.example', 'i' || n || '@crowd.example',
        'VIEWER', now(), now() + interval '1 day'
      from platform.tenants t, generate_series(1, 60) n where t.slug = ?
      """;

  /** Live ones are the older ones, so that a list by age alone would have them last. */
  private static final String KEYS =
      """
      insert into platform.api_keys (id, tenant_id, name, kind, scopes, allowed_from, prefix, last4,
        hash, created_at, expires_at, revoked_at)
      select gen_random_uuid(), t.id, 'Key ' || n, 'LIVE', '{READ_MEASUREMENTS}', '{}', 'ntk_live_x',
        lpad(n::text, 4, '0'), sha256(convert_to('key ' || n || t.slug, 'UTF8')),
        now() - interval '9 days' + n * interval '1 minute', now() + interval '9 days',
        case when n > 70 then now() end
      from platform.tenants t, generate_series(1, 1200) n where t.slug = ?
      """;

  private static Customer crowd;

  @BeforeAll
  static void fill() throws Exception {
    crowd = stage.customer("crowd");
    fillWithPeople(crowd);
    run(INVITATIONS, crowd.slug());
    run(KEYS, crowd.slug());
    for (int number = 0; number < 60; number++) {
      String list = "{\"name\":\"List %d\",\"targets\":[]}".formatted(number);
      assertThat(crowd.withKey("POST", "/api/v1/watch-lists", list).statusCode()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/account/members, Members, 3, 120",
    "/account/members, Open invitations, 2, 60",
    "/account/keys, Keys, 2, 71",
    "/account/keys?ended=0, Ended keys, 19, 929",
    "/account/watch-lists, Lists, 2, 60"
  })
  void everyRowIsOnOnePage(String address, String table, int pages, int rows) {
    Page page = stage.browser(crowd);
    page.navigate(address);
    List<String> seen = new ArrayList<>();
    for (int number = 1; number <= pages; number++) {
      Locator region = page.locator("[aria-label='%s']".formatted(table));
      seen.addAll(region.locator("tbody tr th").allInnerTexts());
      Locator pager = region.locator("xpath=following-sibling::nav[1]");
      assertThat(pager).containsText("of " + rows);
      assertThat(pager.locator("[rel=first]")).hasCount(number > 1 ? 1 : 0);
      assertThat(pager.locator("[rel=prev]")).hasCount(number > 2 ? 1 : 0);
      assertThat(pager.locator("[rel=next]")).hasCount(number < pages ? 1 : 0);
      if (number < pages) {
        pager.locator("[rel=next]").click();
        assertThat(pager.locator("[rel=first]")).hasCount(1);
      }
    }
    assertThat(seen).hasSize(rows).doesNotHaveDuplicates();
    page.context().close();
  }

  @Test
  void whatIsDoneOnAPageStaysThere() throws Exception {
    Customer smaller = stage.customer("smaller");
    fillWithPeople(smaller);
    Page page = stage.browser(smaller);
    page.navigate("/account/members?page=1");
    String email = page.locator("tbody tr").first().locator("th .sub").innerText();
    page.onceDialog(Dialog::accept);
    page.locator("tbody tr").first().locator("button[value=remove]").click();
    assertThat(page).hasURL(Pattern.compile(".*/account/members[?]did=removed&page=1"));
    assertThat(page.locator("[role=status]")).containsText("belong to the tenant no longer");
    assertThat(page.getByText(email)).hasCount(0);
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"999", "-1", "x", "99999999999999999999"})
  void whatIsNoPageOfTheListIsOneThatThereIs(String number) {
    Page page = stage.browser(crowd);
    page.navigate("/account/members?page=" + number);
    assertThat(page.locator("[aria-label=Members] tbody tr").first()).isVisible();
    page.context().close();
  }

  private static void fillWithPeople(Customer customer) throws Exception {
    run(PEOPLE, customer.slug(), customer.email(), customer.slug());
  }

  private static void run(String sql, String... values) throws Exception {
    try (Connection connection = stage.system.database();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
