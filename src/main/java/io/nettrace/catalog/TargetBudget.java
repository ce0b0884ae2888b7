package io.nettrace.catalog;

import io.nettrace.catalog.TargetOutcome.Exceeds;
import io.nettrace.catalog.TargetOutcome.Limit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a plan still leaves to a tenant that has some targets. */
final class TargetBudget {
  private final TargetLimits limits;
  private final ProbingCost cost;
  private final Set<String> endpoints = new HashSet<>();
  private int count;
  private double packets;

  TargetBudget(TargetLimits limits, ProbingCost cost, List<CustomTarget> present) {
    this.limits = limits;
    this.cost = cost;
    present.forEach(this::take);
  }

  Optional<TargetOutcome> add(CustomTarget target) {
    if (endpoints.contains(endpoint(target))) {
      return Optional.of(new TargetOutcome.Duplicate(target.host(), target.port()));
    }
    if (count + 1 > limits.count()) {
      return Optional.of(new Exceeds(Limit.COUNT, limits.count(), count + 1L));
    }
    return keep(target);
  }

  /** One that is there already: a plan that shrank does not keep people from pausing it. */
  Optional<TargetOutcome> keep(CustomTarget target) {
    take(target);
    if (target.paused()) {
      return Optional.empty();
    }
    if (target.burstEvery().compareTo(limits.fastestInterval()) < 0) {
      return Optional.of(
          new Exceeds(
              Limit.INTERVAL,
              limits.fastestInterval().toSeconds(),
              target.burstEvery().toSeconds()));
    }
    if (packets > limits.packetsPerMinute()) {
      return Optional.of(
          new Exceeds(Limit.PACKETS_PER_MINUTE, limits.packetsPerMinute(), packetsPerMinute()));
    }
    return Optional.empty();
  }

  int count() {
    return count;
  }

  /** Of all targets together, at each vantage point. */
  long packetsPerMinute() {
    return (long) Math.ceil(packets);
  }

  private void take(CustomTarget target) {
    count++;
    endpoints.add(endpoint(target));
    packets += target.paused() ? 0 : cost.packetsPerMinute(target.burstEvery());
  }

  private static String endpoint(CustomTarget target) {
    return target.host() + ' ' + target.port();
  }
}
