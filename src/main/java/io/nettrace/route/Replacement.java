package io.nettrace.route;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Newcomers at one balanced hop, while none of its members is seen: further members, or all new.
 *
 * @param hop index (ttl - 1)
 * @param traces how many in a row showed newcomers only
 */
public record Replacement(int hop, Set<InetAddress> newcomers, Instant firstSeenAt, int traces) {
  public Replacement {
    newcomers = Collections.unmodifiableSet(new LinkedHashSet<>(newcomers));
  }
}
