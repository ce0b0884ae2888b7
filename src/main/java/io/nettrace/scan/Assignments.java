package io.nettrace.scan;

import io.nettrace.platform.Service;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Lease;
import io.nettrace.target.Schedule;
import io.nettrace.target.ScheduledTarget;
import io.nettrace.target.ScheduledTargets;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a vantage point is to measure: every target of the catalogue and, behind them, every
 * tenant's, from everywhere.
 */
@Service
public class Assignments {
  private final ScanConfig config;
  private final ScheduledTargets scheduled;
  private final List<AssignedTarget> catalogue;
  private volatile View view;

  /** Made once of each schedule, because every delivery asks for the fingerprint. */
  private record View(
      Schedule schedule, List<AssignedTarget> targets, String digest, String simulatedDigest) {}

  @Inject
  Assignments(ScanConfig config, Targets targets, ScheduledTargets scheduled) {
    this.config = config;
    this.scheduled = scheduled;
    this.catalogue =
        targets.all().stream()
            .map(t -> AssignedTarget.ofCatalogue(t.id(), t.host(), t.port(), t.methods()))
            .toList();
    this.view = view(scheduled.schedule());
  }

  Assignment of(VantagePoint vantagePoint, long revision, Lease lease) {
    return new Assignment(
        vantagePoint.name(),
        revision,
        config.cadence(vantagePoint.simulated()),
        view().targets(),
        lease);
  }

  /** Two assignments are the same exactly when their fingerprints are. */
  String digest(VantagePoint vantagePoint) {
    View present = view();
    return vantagePoint.simulated() ? present.simulatedDigest() : present.digest();
  }

  private View view() {
    Schedule schedule = scheduled.schedule();
    View present = view;
    if (present.schedule() != schedule) {
      present = view(schedule);
      view = present;
    }
    return present;
  }

  private View view(Schedule schedule) {
    List<AssignedTarget> all =
        Stream.concat(catalogue.stream(), schedule.targets().stream().map(Assignments::guarded))
            .toList();
    return new View(
        schedule, all, digest(config.cadence(false), all), digest(config.cadence(true), all));
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

  private static String digest(Cadence cadence, List<AssignedTarget> targets) {
    String content = cadence + "\n" + targets;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
