package io.nettrace.prober;

import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.metric.Hop;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a scan of a scenario's destinations, in their order and on their own routes, should find.
 */
final class LabTruth {
  private final Map<String, LabRouter> routers = new HashMap<>();
  private final List<LabDestination> destinations;

  LabTruth(Scenario scenario) {
    scenario.routers().forEach(router -> routers.put(router.id(), router));
    destinations = scenario.destinations();
  }

  /** Hops that could answer, the targets included. */
  int answering(Protocol protocol) {
    int count = 0;
    for (LabDestination destination : destinations) {
      count += answers(destination, protocol) ? 1 : 0;
      for (LabRouteStep step : destination.route().steps()) {
        count += isCertain(step) ? 1 : 0;
      }
    }
    return count;
  }

  /** Addresses reported where no such router is. */
  List<String> mistakes(List<Trace> traces) {
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < destinations.size(); i++) {
      List<LabRouteStep> steps = destinations.get(i).route().steps();
      for (Hop hop : traces.get(i).hops()) {
        boolean right =
            hop.ttl() > steps.size()
                ? destinations.get(i).addresses().containsAll(hop.addresses())
                : addresses(steps.get(hop.ttl() - 1)).containsAll(hop.addresses());
        if (!right) {
          mistakes.add(destinations.get(i).host() + " hop " + hop);
        }
      }
    }
    return mistakes;
  }

  /** Hops that could have answered and are not in the traces. */
  List<String> missing(List<Trace> traces, Protocol protocol) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < destinations.size(); i++) {
      LabDestination destination = destinations.get(i);
      List<LabRouteStep> steps = destination.route().steps();
      Trace trace = traces.get(i);
      for (int at = 0; at < steps.size(); at++) {
        boolean found = at < trace.hopCount() && !trace.hops().get(at).replies().isEmpty();
        if (!found && isCertain(steps.get(at))) {
          missing.add(destination.host() + " hop " + (at + 1));
        }
      }
      if (answers(destination, protocol) && trace.hopCount() != steps.size() + 1) {
        missing.add(destination.host() + " itself");
      }
    }
    return missing;
  }

  private static boolean answers(LabDestination destination, Protocol protocol) {
    return switch (protocol) {
      case ICMP -> destination.answers().icmp();
      case UDP -> destination.answers().udp();
      case TCP -> true;
    };
  }

  private boolean isCertain(LabRouteStep step) {
    return step.hops().stream().noneMatch(id -> router(id).silent());
  }

  private Set<InetAddress> addresses(LabRouteStep step) {
    Set<InetAddress> all = new HashSet<>();
    step.hops().forEach(id -> all.addAll(router(id).addresses()));
    return all;
  }

  private LabRouter router(String id) {
    return Objects.requireNonNull(routers.get(id), id);
  }
}
