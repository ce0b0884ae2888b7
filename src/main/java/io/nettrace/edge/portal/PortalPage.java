package io.nettrace.edge.portal;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages, and what each needs of who visits it. What is not listed is not found. */
public enum PortalPage {
  LANDING(""),
  PRICING("pricing"),
  DOCS("docs"),
  STATUS("status"),
  SIGN_UP("sign-up"),
  SIGN_IN("sign-in"),
  SIGN_OUT("sign-out"),
  PASSWORD("password"),
  EMAIL("email"),
  INVITATION("invitation"),
  LETTERS("letters"),

  OVERVIEW("overview", Permission.READ_MEASUREMENTS, Entitlement.LATENCY),
  TARGET("target", Permission.READ_MEASUREMENTS, Entitlement.LATENCY),
  COMPARE("compare", Permission.READ_MEASUREMENTS, Entitlement.COMPARE),
  RANKINGS("rankings", Permission.READ_MEASUREMENTS, Entitlement.RANKINGS),
  CHANGES("changes", Permission.READ_MEASUREMENTS, null),
  LIVE("live", Permission.READ_MEASUREMENTS, Entitlement.LATENCY),

  CONFIRM("confirm", Who.SIGNED_IN),
  TENANTS("account/tenants", Who.SIGNED_IN),
  SECURITY("account/security", Who.SIGNED_IN),
  TARGETS("account/targets", Permission.READ_MEASUREMENTS, null),
  WATCH_LISTS("account/watch-lists", Permission.READ_MEASUREMENTS, null),
  EXPORTS("account/exports", Permission.READ_MEASUREMENTS, null),
  KEYS("account/keys", Permission.MANAGE_KEYS, null),
  MEMBERS("account/members", Permission.READ_MEMBERS, null),
  USAGE("account/usage", Permission.READ_USAGE, null),
  PLAN("account/plan", Permission.READ_TENANT, null),
  SETTINGS("account/settings", Permission.READ_TENANT, null),

  CONSOLE("console", Who.OPERATOR);

  /** Who may see a page at all. */
  public enum Who {
    EVERYBODY,
    SIGNED_IN,
    /** A person signed in who acts for a tenant, and may do there what the page needs. */
    MEMBER,
    OPERATOR
  }

  private static final Map<String, PortalPage> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(page -> page.path, Function.identity()));

  private final String path;
  private final Who who;
  private final @Nullable Permission permission;
  private final @Nullable Entitlement entitlement;

  PortalPage(String path) {
    this(path, Who.EVERYBODY, null, null);
  }

  PortalPage(String path, Who who) {
    this(path, who, null, null);
  }

  PortalPage(String path, Permission permission, @Nullable Entitlement entitlement) {
    this(path, Who.MEMBER, permission, entitlement);
  }

  PortalPage(
      String path, Who who, @Nullable Permission permission, @Nullable Entitlement entitlement) {
    this.path = path;
    this.who = who;
    this.permission = permission;
    this.entitlement = entitlement;
  }

  /** The page that a request's path means; targets have their host behind it. */
  static Optional<PortalPage> at(String path) {
    return TARGET.named(path).isPresent()
        ? Optional.of(TARGET)
        : Optional.ofNullable(BY_PATH.get(path.substring(1))).filter(page -> page != TARGET);
  }

  /** What a request's path names behind the page's own. */
  Optional<String> named(String path) {
    String before = address() + "/";
    return path.startsWith(before) && path.length() > before.length()
        ? Optional.of(path.substring(before.length()))
        : Optional.empty();
  }

  /** Its address on this host. */
  public String address() {
    return "/" + path;
  }

  /** Who answers behind the door: a servlet of ours, or the page's template. */
  String inside() {
    return switch (this) {
      case SIGN_OUT, LIVE -> address();
      case LANDING -> "/index.xhtml";
      default -> address() + ".xhtml";
    };
  }

  public Who who() {
    return who;
  }

  public Optional<Permission> permission() {
    return Optional.ofNullable(permission);
  }

  /**
   * What a plan has to have for the whole page. A page without one may still lack parts, and says
   * so.
   */
  public Optional<Entitlement> entitlement() {
    return Optional.ofNullable(entitlement);
  }
}
