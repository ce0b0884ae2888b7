package io.nettrace.tenant;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A tenant's short name in addresses, and what it may be. */
final class Slug {
  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;

  /** Names that we use ourselves, or that strangers would take for ours. */
  private static final Set<String> RESERVED =
      Set.of(
          "about",
          "abuse",
          "account",
          "accounts",
          "admin",
          "administrator",
          "api",
          "app",
          "assets",
          "auth",
          "billing",
          "blog",
          "canary",
          "catalog",
          "catalogue",
          "cdn",
          "console",
          "contact",
          "dashboard",
          "demo",
          "dev",
          "docs",
          "download",
          "export",
          "ftp",
          "health",
          "help",
          "home",
          "hostmaster",
          "imap",
          "info",
          "internal",
          "lab",
          "legal",
          "localhost",
          "login",
          "logout",
          "mail",
          "mcp",
          "metrics",
          "nettrace",
          "noc",
          "ns1",
          "ns2",
          "null",
          "official",
          "openapi",
          "operator",
          "ops",
          "platform",
          "pop",
          "portal",
          "postmaster",
          "privacy",
          "probe",
          "prod",
          "public",
          "register",
          "root",
          "scanner",
          "scanners",
          "security",
          "settings",
          "signin",
          "signup",
          "smtp",
          "staff",
          "staging",
          "static",
          "status",
          "stream",
          "support",
          "system",
          "team",
          "tenant",
          "tenants",
          "terms",
          "test",
          "undefined",
          "webhook",
          "webhooks",
          "webmaster",
          "wiki",
          "www");

  private Slug() {}

  /** Whether it can be a slug at all; who has it is another question. */
  static SlugVerdict check(String text) {
    if (text.length() < SHORTEST || text.length() > LONGEST || !FORM.matcher(text).matches()) {
      return new SlugVerdict.Malformed(
          "is 3 to 40 of a-z, 0-9 and -, and begins and ends with a letter or digit");
    }
    if (text.contains("--")) {
      return new SlugVerdict.Malformed("has no two - beside each other");
    }
    String skeleton = skeleton(text);
    return RESERVED.stream().map(Slug::skeleton).anyMatch(skeleton::equals)
            || skeleton.contains(skeleton("nettrace"))
        ? new SlugVerdict.Reserved()
        : new SlugVerdict.Free();
  }

  /** The same for all slugs that a hurried reader would take for one another. */
  static String skeleton(String slug) {
    return slug.toLowerCase(Locale.ROOT)
        .replace("-", "")
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d")
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('i', 'l')
        .replace('5', 's')
        .replace('2', 'z')
        .replace('8', 'b');
  }
}
