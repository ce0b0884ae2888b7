package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.desk.Decision;
import io.nettrace.desk.Desk;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.Role;
import io.nettrace.identity.Session;
import io.nettrace.identity.Visitor;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.TenantState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees which page, cell by cell; the table is written out by hand. */
class PortalPageTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Visitor HERE = new Visitor("127.0.0.1", "test");
  private static final Plans PLANS = new Plans();

  private static final Set<Role> READERS =
      EnumSet.of(Role.OWNER, Role.ADMIN, Role.ANALYST, Role.VIEWER, Role.AUDITOR);
  private static final Map<PortalPage, Set<Role>> SEEN_BY =
      Map.ofEntries(
          Map.entry(PortalPage.OVERVIEW, READERS),
          Map.entry(PortalPage.TARGET, READERS),
          Map.entry(PortalPage.COMPARE, READERS),
          Map.entry(PortalPage.RANKINGS, READERS),
          Map.entry(PortalPage.CHANGES, READERS),
          Map.entry(PortalPage.LIVE, READERS),
          Map.entry(PortalPage.TARGETS, READERS),
          Map.entry(PortalPage.WATCH_LISTS, READERS),
          Map.entry(PortalPage.EXPORTS, READERS),
          Map.entry(PortalPage.KEYS, EnumSet.of(Role.OWNER, Role.ADMIN)),
          Map.entry(PortalPage.MEMBERS, EnumSet.of(Role.OWNER, Role.ADMIN, Role.AUDITOR)),
          Map.entry(
              PortalPage.USAGE,
              EnumSet.of(Role.OWNER, Role.ADMIN, Role.BILLING, Role.ANALYST, Role.AUDITOR)),
          Map.entry(PortalPage.PLAN, EnumSet.allOf(Role.class)),
          Map.entry(PortalPage.SETTINGS, EnumSet.allOf(Role.class)));
  private static final Set<PortalPage> PERSONAL =
      EnumSet.of(PortalPage.CONFIRM, PortalPage.TENANTS, PortalPage.SECURITY);

  @ParameterizedTest
  @EnumSource(PortalPage.class)
  void strangersSeeTheFrontAndNothingElse(PortalPage page) {
    Decision decision = decide(visit(page, Optional.empty(), Optional.empty(), false));
    if (page == PortalPage.CONSOLE) {
      assertThat(decision).isEqualTo(new Decision.OperatorNeeded());
    } else if (PERSONAL.contains(page) || SEEN_BY.containsKey(page)) {
      assertThat(decision).isEqualTo(new Decision.SignInNeeded());
    } else {
      assertThat(decision).isEqualTo(new Decision.Allowed());
    }
  }

  @ParameterizedTest
  @EnumSource(PortalPage.class)
  void membersSeeWhatTheirRoleAllows(PortalPage page) {
    for (Role role : Role.values()) {
      Decision decision =
          decide(visit(page, Optional.of(role), Optional.of(TenantState.ACTIVE), false));
      if (page == PortalPage.CONSOLE) {
        assertThat(decision).as("%s %s", page, role).isEqualTo(new Decision.OperatorNeeded());
      } else if (SEEN_BY.getOrDefault(page, EnumSet.allOf(Role.class)).contains(role)) {
        assertThat(decision).as("%s %s", page, role).isEqualTo(new Decision.Allowed());
      } else {
        assertThat(decision).as("%s %s", page, role).isInstanceOf(Decision.PermissionMissing.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PortalPage.class)
  void ofASuspendedTenantOnlyTheWayBackIsLeft(PortalPage page) {
    Decision decision =
        decide(visit(page, Optional.of(Role.OWNER), Optional.of(TenantState.SUSPENDED), false));
    boolean left =
        !SEEN_BY.containsKey(page)
            || List.of(PortalPage.PLAN, PortalPage.SETTINGS, PortalPage.USAGE, PortalPage.MEMBERS)
                .contains(page);
    if (page != PortalPage.CONSOLE) {
      assertThat(decision)
          .as(page.name())
          .isInstanceOf(left ? Decision.Allowed.class : Decision.NotServed.class);
    }
  }

  @ParameterizedTest
  @EnumSource(PortalPage.class)
  void whoOwesASecondFactorGetsNoFurtherThanTheirOwnAccount(PortalPage page) {
    Decision decision =
        decide(visit(page, Optional.of(Role.OWNER), Optional.of(TenantState.ACTIVE), true));
    if (SEEN_BY.containsKey(page)) {
      assertThat(decision).as(page.name()).isEqualTo(new Decision.SecondFactorNeeded());
    }
  }

  @Test
  void pagesAreFoundByTheirWholePathOnly() {
    assertThat(PortalPage.at("/")).contains(PortalPage.LANDING);
    assertThat(PortalPage.at("/overview")).contains(PortalPage.OVERVIEW);
    assertThat(PortalPage.at("/target/www.nyse.com")).contains(PortalPage.TARGET);
    assertThat(PortalPage.at("/account/keys")).contains(PortalPage.KEYS);
    for (String path :
        List.of("/target", "/target/", "/overview/", "/overview.xhtml", "/account", "/x", "//")) {
      assertThat(PortalPage.at(path)).as(path).isEmpty();
    }
  }

  @Test
  void onlyPagesOfOursAreGoneBackTo() {
    assertThat(FormResponse.next("/overview?sort=p99", "/")).isEqualTo("/overview?sort=p99");
    for (String evil :
        List.of("", "https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nX: y")) {
      assertThat(FormResponse.next(evil, "/overview")).as(evil).isEqualTo("/overview");
    }
  }

  private static Decision decide(Visit visit) {
    return visit.decision(new Desk(PLANS, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  private static Visit visit(
      PortalPage page, Optional<Role> role, Optional<TenantState> state, boolean owesFactor) {
    UUID tenantId = UUID.randomUUID();
    Optional<Session> session =
        role.map(
            one ->
                new Session(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    new EmailAddress("ann@example.org"),
                    new PersonName("Ann"),
                    Optional.of(tenantId),
                    Optional.of(one),
                    false,
                    owesFactor,
                    NOW,
                    NOW,
                    NOW,
                    HERE));
    Optional<Tenant> tenant =
        state.map(
            one ->
                new Tenant(
                    tenantId,
                    "acme",
                    "Acme",
                    TenantKind.CUSTOMER,
                    one,
                    Optional.empty(),
                    NOW,
                    Optional.empty()));
    return new Visit(
        page,
        Optional.empty(),
        session,
        tenant,
        false,
        PLANS.byName("enterprise-pro").orElseThrow(),
        HERE,
        false);
  }

  @Test
  void aPlanThatLacksAPageSaysWhatItLacks() {
    Plan free = PLANS.first();
    Plan bare =
        new Plan(
            "bare",
            "Bare",
            0,
            1,
            false,
            1,
            1,
            1,
            free.history(),
            Set.of(),
            0,
            free.fastestInterval(),
            0,
            1,
            1);
    Visit usual =
        visit(PortalPage.RANKINGS, Optional.of(Role.OWNER), Optional.of(TenantState.ACTIVE), false);
    Visit lacking =
        new Visit(
            usual.page(),
            usual.named(),
            usual.session(),
            usual.tenant(),
            false,
            bare,
            usual.from(),
            false);
    assertThat(decide(lacking))
        .isEqualTo(
            new Decision.PlanLacks(
                Entitlement.RANKINGS, bare, PLANS.cheapestWith(Entitlement.RANKINGS)));
  }
}
