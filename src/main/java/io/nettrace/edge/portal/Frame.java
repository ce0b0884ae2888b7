package io.nettrace.edge.portal;

import io.nettrace.desk.Action;
import io.nettrace.desk.Rule;
import io.nettrace.identity.Role;
import io.nettrace.identity.Session;
import io.nettrace.platform.Service;
import io.nettrace.platform.web.RequestCookies;
import io.nettrace.platform.web.SessionCookie;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands around every page: where one is, where one can go, and how it shall look. */
@Service
@Named("frame")
public class Frame {
  private static final Set<String> THEMES = Set.of("auto", "light", "dark");

  private final HttpServletRequest request;

  /** A way to another page. */
  public record Link(String title, String address, boolean current) {}

  @Inject
  Frame(HttpServletRequest request) {
    this.request = request;
  }

  /** Light, dark, or as the system is. */
  public String getTheme() {
    return cookie("nettrace-theme").filter(THEMES::contains).orElse("auto");
  }

  /** Whether times are shown in the reader's own zone. */
  public boolean isLocalTime() {
    return cookie("nettrace-zone").filter("local"::equals).isPresent();
  }

  /** Whether signing in is offered: not to those who are, or whose session cannot be read now. */
  public boolean isSignInOffered() {
    return visit()
        .map(visit -> !visit.isSignedIn())
        .orElseGet(() -> SessionCookie.token(this::cookie, request.isSecure()).isEmpty());
  }

  public List<Link> mainLinks() {
    Optional<Visit> visit = visit();
    if (visit.map(Visit::isInside).orElse(false)) {
      return Stream.of(
              link("Overview", PortalPage.OVERVIEW),
              link("Rankings", PortalPage.RANKINGS),
              link("Compare", PortalPage.COMPARE),
              link("Changes", PortalPage.CHANGES),
              link("Status", PortalPage.STATUS),
              link("API", PortalPage.DOCS))
          .toList();
    }
    return List.of(
        link("Pricing", PortalPage.PRICING),
        link("API", PortalPage.DOCS),
        link("Status", PortalPage.STATUS));
  }

  /** The pages of the account that this person may see. */
  public List<Link> accountLinks() {
    Visit visit = visit().orElseThrow();
    return Stream.of(
            entry(visit, "Custom targets", PortalPage.TARGETS),
            entry(visit, "Watch lists", PortalPage.WATCH_LISTS),
            entry(visit, "Exports", PortalPage.EXPORTS),
            entry(visit, "API keys", PortalPage.KEYS),
            entry(visit, "Members", PortalPage.MEMBERS),
            entry(visit, "Usage", PortalPage.USAGE),
            entry(visit, "Plan", PortalPage.PLAN),
            entry(visit, "Settings", PortalPage.SETTINGS),
            entry(visit, "Security", PortalPage.SECURITY),
            entry(visit, "Tenants", PortalPage.TENANTS),
            entry(visit, "Console", PortalPage.CONSOLE))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The tenant's name, or the person's while they act for none. */
  public String getWho() {
    return visit()
        .flatMap(Visit::tenant)
        .map(Tenant::name)
        .or(() -> visit().flatMap(Visit::session).map(session -> session.name().text()))
        .orElse("");
  }

  /** What the person is for the tenant. */
  public String getRole() {
    return visit()
        .flatMap(Visit::session)
        .flatMap(Session::role)
        .map(DisplayFormat::word)
        .orElse("no member");
  }

  /** The roles that may see the page that was asked for. */
  public String getRolesWhoMay() {
    return visit()
        .map(Visit::page)
        .flatMap(PortalPage::action)
        .flatMap(action -> action.rule().permission())
        .map(
            needed ->
                Arrays.stream(Role.values())
                    .filter(role -> role.permissions().contains(needed))
                    .map(DisplayFormat::word)
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }

  public String getEmail() {
    return visit().flatMap(Visit::session).map(session -> session.email().text()).orElse("");
  }

  private Optional<Link> entry(Visit visit, String title, PortalPage page) {
    boolean isVisible =
        page.action().map(Action::rule).map(rule -> isFor(visit, rule)).orElse(true);
    return isVisible ? Optional.of(link(title, page)) : Optional.empty();
  }

  private static boolean isFor(Visit visit, Rule rule) {
    return switch (rule.subject()) {
      case INSTALLATION -> visit.operator();
      case TENANT, MEMBERSHIP -> visit.isInside() && rule.permission().map(visit::may).orElse(true);
      case PERSON -> true;
    };
  }

  private Link link(String title, PortalPage page) {
    return new Link(
        title, page.address(), visit().map(visit -> visit.page() == page).orElse(false));
  }

  /** Empty when the request was refused before its session was looked up. */
  private Optional<Visit> visit() {
    return request.getAttribute(Visit.NAME) instanceof Visit visit
        ? Optional.of(visit)
        : Optional.empty();
  }

  private Optional<String> cookie(String name) {
    return RequestCookies.value(request, name);
  }
}
