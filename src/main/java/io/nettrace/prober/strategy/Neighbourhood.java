package io.nettrace.prober.strategy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The hops that most paths from here have in common. An unknown path probably starts with them, so
 * that their budgets count before anything is known of the path itself. The very first hops share a
 * budget even before anybody answered there.
 */
final class Neighbourhood {
  private static final int ENOUGH = 8;
  private static final int MOST = 64;
  private static final double AGREEMENT = 0.9;
  private static final int SURELY_SHARED = 2;

  private final ResponderBudget unknownYet;
  private final @Nullable ResponderBudget[] favourite =
      new ResponderBudget[EngineBounds.TTL_LIMIT + 1];
  private final int[] agreed = new int[EngineBounds.TTL_LIMIT + 1];
  private final int[] seen = new int[EngineBounds.TTL_LIMIT + 1];

  Neighbourhood(double perSecond, double burst) {
    unknownYet =
        new ResponderBudget(InetAddress.ofLiteral("0.0.0.0"), perSecond, burst * SURELY_SHARED, 0);
  }

  /** Who will probably answer at this distance; null when paths have parted before. */
  @Nullable ResponderBudget at(int ttl) {
    if (seen[ttl] < ENOUGH) {
      return ttl <= SURELY_SHARED ? unknownYet : null;
    }
    return agreed[ttl] >= AGREEMENT * seen[ttl] ? favourite[ttl] : null;
  }

  void answered(int ttl, ResponderBudget router) {
    if (seen[ttl] == MOST) {
      seen[ttl] /= 2;
      agreed[ttl] /= 2;
    }
    seen[ttl]++;
    if (favourite[ttl] == router) {
      agreed[ttl]++;
    } else if (agreed[ttl] * 2 < seen[ttl]) {
      favourite[ttl] = router;
      agreed[ttl] = 1;
    }
  }
}
