package io.nettrace.identity;

import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.util.Optional;

/** Judges, hashes and compares passwords; knows nothing of whose they are. */
@Service
public class Passwords {
  private final PasswordRules rules = new PasswordRules();
  private final PasswordHashes hashes;

  /** What is compared with when nobody has the address, so that it takes as long. */
  private final String nobodys;

  /** What comparing came to. */
  public enum Match {
    RIGHT,
    WRONG,
    BUSY
  }

  @Inject
  Passwords(PasswordHashes hashes) {
    this.hashes = hashes;
    this.nobodys = hashes.hash("nobody has this password").orElseThrow();
  }

  public PasswordVerdict judge(String password, PasswordContext context) {
    return rules.judge(password, context);
  }

  /** Judges it and, if it may be used, hashes it; to be called before a transaction begins. */
  public PreparedPassword prepare(String password, PasswordContext context) {
    PasswordVerdict verdict = judge(password, context);
    return verdict instanceof PasswordVerdict.Acceptable
        ? hash(password)
            .<PreparedPassword>map(PreparedPassword.Ready::new)
            .orElseGet(PreparedPassword.Busy::new)
        : new PreparedPassword.Refused(verdict);
  }

  /** Takes the same time whether or not there is anything to compare with. */
  public Match match(String password, Optional<PasswordHash> stored) {
    if (password.length() > 2 * PasswordRules.MOST) {
      return Match.WRONG; // nobody's; and no reason to normalise and hash a megabyte
    }
    return hashes
        .matches(password, stored.map(PasswordHash::text).orElse(nobodys))
        .map(right -> right && stored.isPresent() ? Match.RIGHT : Match.WRONG)
        .orElse(Match.BUSY);
  }

  boolean isOutdated(PasswordHash stored) {
    return hashes.isOutdated(stored.text());
  }

  /** Without judging; empty when too many are hashed already. */
  Optional<PasswordHash> hash(String password) {
    return hashes
        .hash(password)
        .map(text -> new PasswordHash(text, PasswordRules.standsAlone(password)));
  }
}
