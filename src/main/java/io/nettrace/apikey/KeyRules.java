package io.nettrace.apikey;

import io.nettrace.identity.Permission;
import io.nettrace.platform.text.NameText;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a key may be like. */
final class KeyRules {
  private static final int LONGEST_NAME = 100;
  private static final int MOST_RANGES = 50;
  private static final Set<Permission> READING =
      EnumSet.of(Permission.READ_MEASUREMENTS, Permission.READ_USAGE);
  private static final Set<Permission> ANY =
      EnumSet.of(
          Permission.READ_MEASUREMENTS,
          Permission.ORDER_EXPORTS,
          Permission.MANAGE_TARGETS,
          Permission.READ_USAGE);

  private KeyRules() {}

  static Set<Permission> allowed(KeyKind kind) {
    return kind == KeyKind.TEST ? READING : ANY;
  }

  /** The name as it is kept. */
  static String name(NewKey wish) {
    return NameText.parse(wish.name(), LONGEST_NAME).good().orElseThrow();
  }

  static Optional<IssueOutcome.Refused> badName(NewKey wish) {
    return NameText.parse(wish.name(), LONGEST_NAME).bad().flatMap(why -> refused("name", why));
  }

  /** The first rule that {@code wish} breaks. */
  static Optional<IssueOutcome.Refused> broken(NewKey wish, Instant now, Duration longestLife) {
    Set<Permission> allowed = allowed(wish.kind());
    if (wish.scopes().isEmpty()) {
      return refused("scopes", "A key needs at least one scope.");
    }
    if (!allowed.containsAll(wish.scopes())) {
      return refused(
          "scopes", "The scopes of a " + wish.kind() + " key are among " + allowed + ".");
    }
    if (wish.allowedFrom().size() > MOST_RANGES) {
      return refused("allowed_from", "A key has at most " + MOST_RANGES + " networks.");
    }
    if (wish.expiresAt().filter(at -> !at.isAfter(now)).isPresent()) {
      return refused("expires_at", "The expiry is in the past.");
    }
    if (wish.expiresAt().filter(at -> at.isAfter(now.plus(longestLife))).isPresent()) {
      return refused("expires_at", "A key lives at most " + longestLife.toDays() + " days.");
    }
    return Optional.empty();
  }

  private static Optional<IssueOutcome.Refused> refused(String field, String reason) {
    return Optional.of(new IssueOutcome.Refused(field, reason));
  }
}
