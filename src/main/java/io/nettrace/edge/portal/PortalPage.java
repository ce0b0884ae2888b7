package io.nettrace.edge.portal;

import io.nettrace.desk.Action;
import io.nettrace.identity.Permission;
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

  OVERVIEW("overview", Action.READ_LATENCY),
  TARGET("target", Action.READ_LATENCY),
  COMPARE("compare", Action.COMPARE),
  RANKINGS("rankings", Action.RANK),
  CHANGES("changes", Action.READ_MEASUREMENTS),
  LIVE("live", Action.READ_LATENCY),

  CONFIRM("confirm", Action.STEP_UP),
  TENANTS("account/tenants", Action.READ_ACCOUNT),
  SECURITY("account/security", Action.READ_ACCOUNT),
  TARGETS("account/targets", Action.READ_MEASUREMENTS),
  WATCH_LISTS("account/watch-lists", Action.READ_MEASUREMENTS),
  EXPORTS("account/exports", Action.READ_MEASUREMENTS),
  KEYS("account/keys", Action.READ_KEYS),
  MEMBERS("account/members", Action.READ_MEMBERS),
  USAGE("account/usage", Action.READ_USAGE),
  PLAN("account/plan", Action.READ_TENANT),
  SETTINGS("account/settings", Action.READ_TENANT),

  CONSOLE("console", Action.OPERATE);

  private static final Map<String, PortalPage> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(page -> page.path, Function.identity()));

  private final String path;
  private final @Nullable Action action;

  PortalPage(String path) {
    this.path = path;
    this.action = null;
  }

  PortalPage(String path, Action action) {
    this.path = path;
    this.action = action;
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

  /** The action that opening it is; empty for a page that is open to strangers. */
  public Optional<Action> action() {
    return Optional.ofNullable(action);
  }

  /** Whether the page shows the record, so that opening it takes one of the tenant's turns. */
  boolean isOfRecord() {
    return this != LIVE
        && action()
            .flatMap(one -> one.rule().permission())
            .filter(Permission.READ_MEASUREMENTS::equals)
            .isPresent();
  }
}
