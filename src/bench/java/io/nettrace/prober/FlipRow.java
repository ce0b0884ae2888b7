package io.nettrace.prober;

import io.nettrace.geo.Origins;
import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Trace;
import io.nettrace.route.RouteState;
import io.nettrace.route.RouteTracker;
import io.nettrace.route.TraceVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whether changes of route are found, and nothing else: cycles of one trace a target as the scanner
 * takes them, with confirming traces at once.
 */
final class FlipRow {
  private static final int EXTRA_FLOWS = 4;
  private static final int CONFIRMING_TRACES = 3;
  private static final Duration SPREAD = Duration.ofSeconds(5);

  private final Lab lab;
  private final RouteTracker tracker = new RouteTracker(Origins.UNKNOWN);
  private final Map<LabDestination, RouteState> states = new HashMap<>();

  FlipRow(Lab lab) {
    this.lab = lab;
  }

  void run(int quietCycles) throws Exception {
    List<String> hosts = lab.scenario().destinations().stream().map(LabDestination::host).toList();
    try (Scans scans = Scans.open(lab, ProbeMode.RAW)) {
      for (int i = 0; i < 3; i++) {
        var _ = cycle(scans);
      }
      int quiet = 0;
      List<String> wrong = new ArrayList<>();
      for (; quiet < quietCycles; quiet++) {
        wrong.addAll(cycle(scans).changes());
      }
      lab.fire(new LabEvent.RouteFlip(hosts, Topologies.ALTERNATE));
      Cycle flipped = cycle(scans);
      List<String> after = new ArrayList<>(cycle(scans).changes());
      after.addAll(cycle(scans).changes());
      for (String host : hosts) {
        lab.fire(new LabEvent.Restore(host));
      }
      Cycle restored = cycle(scans);
      List<String> last = cycle(scans).changes();
      System.out.printf(
          "flips: %d of %d found within one cycle, back again %d of %d; false: %d in %d quiet"
              + " cycles, %d in 3 cycles after the flips%n",
          flipped.hosts().size(),
          hosts.size(),
          restored.hosts().size(),
          hosts.size(),
          wrong.size(),
          quiet,
          after.size() + last.size());
      wrong.forEach(System.out::println);
      after.forEach(System.out::println);
      last.forEach(System.out::println);
      missed(hosts, flipped);
      missed(hosts, restored);
    }
  }

  private static void missed(List<String> hosts, Cycle cycle) {
    hosts.stream()
        .filter(host -> !cycle.hosts().contains(host))
        .forEach(host -> System.out.println("  not found: " + host));
  }

  /** Which hosts' routes changed in one cycle, and how. */
  private record Cycle(Set<String> hosts, List<String> changes) {}

  private Cycle cycle(Scans scans) {
    Cycle cycle = new Cycle(new HashSet<>(), new ArrayList<>());
    List<LabDestination> open = lab.scenario().destinations();
    Duration spread = SPREAD;
    for (int i = 0; i <= CONFIRMING_TRACES && !open.isEmpty(); i++) {
      List<CompletableFuture<Trace>> pending = new ArrayList<>();
      for (LabDestination destination : open) {
        pending.add(scans.trace(destination, spread, EXTRA_FLOWS));
      }
      List<LabDestination> unconfirmed = new ArrayList<>();
      for (int n = 0; n < open.size(); n++) {
        if (observe(open.get(n), pending.get(n).join(), cycle)) {
          unconfirmed.add(open.get(n));
        }
      }
      open = unconfirmed;
      spread = open.size() > 10 ? SPREAD : Duration.ZERO;
    }
    return cycle;
  }

  /** True when the route is to be traced again. */
  private boolean observe(LabDestination destination, Trace trace, Cycle cycle) {
    Optional<RouteTracker.Step> step =
        tracker.observe(Optional.ofNullable(states.get(destination)), trace);
    if (step.isEmpty()) {
      return false;
    }
    states.put(destination, step.get().state());
    if (step.get().verdict() instanceof TraceVerdict.Changed changed) {
      cycle.hosts().add(destination.host());
      cycle
          .changes()
          .add(
              "  "
                  + destination.host()
                  + " "
                  + changed.change().before().path().hops()
                  + "\n    became "
                  + changed.change().after().path().hops());
    }
    return step.get().verdict() instanceof TraceVerdict.Unconfirmed;
  }
}
