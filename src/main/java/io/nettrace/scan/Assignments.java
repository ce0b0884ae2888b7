package io.nettrace.scan;

import io.nettrace.catalog.Schedule;
import io.nettrace.catalog.ScheduledTarget;
import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.catalog.Targets;
import io.nettrace.platform.Service;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Lease;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a vantage point is to measure, by its policy: targets of the catalogue and, behind them,
 * tenants' own.
 */
@Service
public class Assignments {
  private final ScanConfig config;
  private final ScheduledTargets scheduled;
  private final List<AssignedTarget> catalogue;
  private volatile View view;

  /** Made once of each schedule and policy, because every delivery asks for the fingerprint. */
  private record View(Schedule schedule, Map<AssignmentPolicy, Assigned> byPolicy) {}

  private record Assigned(List<AssignedTarget> targets, String digest, String simulatedDigest) {}

  @Inject
  Assignments(ScanConfig config, Targets targets, ScheduledTargets scheduled) {
    this.config = config;
    this.scheduled = scheduled;
    this.catalogue =
        targets.all().stream()
            .map(t -> AssignedTarget.ofCatalogue(t.id(), t.host(), t.port(), t.methods()))
            .toList();
    this.view = new View(scheduled.schedule(), new ConcurrentHashMap<>());
  }

  Assignment of(RegisteredVantagePoint place, long revision, Lease lease) {
    return new Assignment(
        place.vantagePoint().name(),
        revision,
        config.cadence(place.vantagePoint().simulated()),
        assigned(place.policy()).targets(),
        lease);
  }

  /** Two assignments are the same exactly when their fingerprints are. */
  String digest(RegisteredVantagePoint place) {
    Assigned assigned = assigned(place.policy());
    return place.vantagePoint().simulated() ? assigned.simulatedDigest() : assigned.digest();
  }

  private Assigned assigned(AssignmentPolicy policy) {
    Schedule schedule = scheduled.schedule();
    View present = view;
    if (present.schedule() != schedule) {
      present = new View(schedule, new ConcurrentHashMap<>());
      view = present;
    }
    return present.byPolicy().computeIfAbsent(policy, one -> assigned(one, schedule));
  }

  private Assigned assigned(AssignmentPolicy policy, Schedule schedule) {
    Stream<AssignedTarget> shared =
        policy.measuresCatalogue() ? catalogue.stream() : Stream.empty();
    Stream<AssignedTarget> own =
        schedule.targets().stream().filter(policy::measures).map(Assignments::guarded);
    List<AssignedTarget> all = Stream.concat(shared, own).toList();
    return new Assigned(
        all,
        AssignmentDigest.of(config.cadence(false), all),
        AssignmentDigest.of(config.cadence(true), all));
  }

  private static AssignedTarget guarded(ScheduledTarget target) {
    return new AssignedTarget(
        target.targetId(),
        target.host(),
        target.port(),
        target.methods(),
        Optional.of(target.burstEvery()),
        true);
  }
}
