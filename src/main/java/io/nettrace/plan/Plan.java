package io.nettrace.plan;

import java.time.Duration;
import java.util.Set;

/**
 * What a tenant pays, and what it may do for that.
 *
 * @param name its short name, which never changes
 * @param centsPerMonth price in US cents
 * @param callsPerDay calls to the API between two midnights, UTC
 * @param unlimited {@code callsPerDay} is only what is fair: calls beyond it are answered
 * @param burst calls that may come at once after a pause
 * @param history how far back measurements are shown
 * @param entitlements what it has, with all that smaller plans have
 * @param fastestInterval how often a target may be measured at most
 * @param packetsPerMinute what all targets of the tenant's own may cost
 * @param keys how many live keys to the API a tenant may have
 * @param members how many people may belong to a tenant
 */
public record Plan(
    String name,
    String title,
    long centsPerMonth,
    long callsPerDay,
    boolean unlimited,
    int requestsPerSecond,
    int burst,
    int concurrentRequests,
    Duration history,
    Set<Entitlement> entitlements,
    int customTargets,
    Duration fastestInterval,
    int packetsPerMinute,
    int keys,
    int members) {
  public Plan {
    entitlements = Set.copyOf(entitlements);
  }

  public boolean has(Entitlement entitlement) {
    return entitlements.contains(entitlement);
  }
}
