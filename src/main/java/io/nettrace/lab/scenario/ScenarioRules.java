package io.nettrace.lab.scenario;

import io.nettrace.metric.SpecialAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds between the parts of a scenario and cannot be said in a schema. */
final class ScenarioRules {
  private final Scenario scenario;
  private final ScenarioProblems problems;
  private final Set<String> routers = new HashSet<>();
  private final Map<String, LabDestination> destinations = new HashMap<>();
  private final Set<InetAddress> used = new HashSet<>();

  ScenarioRules(Scenario scenario, ScenarioProblems problems) {
    this.scenario = scenario;
    this.problems = problems;
  }

  void check() {
    claim(scenario.vantage().addresses(), "/vantage/addresses");
    oneOfEachVersion(scenario.vantage().addresses(), "/vantage/addresses");
    claim(scenario.vantage().nameservers(), "/vantage/nameservers");
    for (int i = 0; i < scenario.routers().size(); i++) {
      check(scenario.routers().get(i), "/routers/" + i);
    }
    for (int i = 0; i < scenario.destinations().size(); i++) {
      check(scenario.destinations().get(i), "/destinations/" + i);
    }
    List<ScheduledEvent> events = scenario.programme().events();
    for (int i = 0; i < events.size(); i++) {
      check(events.get(i), "/programme/events/" + i);
    }
  }

  private void check(LabRouter router, String pointer) {
    if (!routers.add(router.id())) {
      problems.add(pointer + "/id", "another router has the id " + router.id());
    }
    claim(router.addresses(), pointer + "/addresses");
    oneOfEachVersion(router.addresses(), pointer + "/addresses");
  }

  private void check(LabDestination destination, String pointer) {
    if (routers.contains(destination.host())) {
      problems.add(pointer + "/host", "a router has the id " + destination.host());
    }
    if (destinations.put(destination.host(), destination) != null) {
      problems.add(pointer + "/host", "another destination has the host " + destination.host());
    }
    claim(destination.addresses(), pointer + "/addresses");
    owned(destination, destination.resolvesTo(), pointer + "/resolvesTo");
    check(destination.route(), pointer + "/route");
    destination
        .alternatives()
        .forEach((name, route) -> check(route, pointer + "/alternatives/" + name));
    if (destination.alternatives().containsKey(LabDestination.PRIMARY)) {
      problems.add(
          pointer + "/alternatives/" + LabDestination.PRIMARY,
          "this name is kept for the usual route");
    }
  }

  private void check(LabRoute route, String pointer) {
    for (int i = 0; i < route.steps().size(); i++) {
      List<String> hops = route.steps().get(i).hops();
      for (int j = 0; j < hops.size(); j++) {
        if (!routers.contains(hops.get(j))) {
          problems.add(pointer + "/steps/" + i + "/hops/" + j, "there is no router " + hops.get(j));
        }
      }
    }
  }

  private void check(ScheduledEvent scheduled, String pointer) {
    Duration repeat = scenario.programme().repeat().orElse(scheduled.at());
    if (scheduled.at().compareTo(repeat) > 0) {
      problems.add(pointer + "/at", "the programme starts again before, after " + repeat);
    }
    switch (scheduled.event()) {
      case LabEvent.RouteFlip flip -> check(flip, pointer);
      case LabEvent.DelayStep step -> exists(step.where(), pointer);
      case LabEvent.Loss loss -> exists(loss.where(), pointer);
      case LabEvent.Outage outage -> exists(outage.where(), pointer);
      case LabEvent.Restore restore -> exists(restore.where(), pointer);
      case LabEvent.AnswerChange change -> check(change, pointer);
    }
  }

  private void check(LabEvent.RouteFlip flip, String pointer) {
    for (int i = 0; i < flip.hosts().size(); i++) {
      LabDestination destination = destinations.get(flip.hosts().get(i));
      if (destination == null) {
        problems.add(pointer + "/hosts/" + i, "there is no destination " + flip.hosts().get(i));
      } else if (!flip.route().equals(LabDestination.PRIMARY)
          && !destination.alternatives().containsKey(flip.route())) {
        problems.add(pointer + "/route", destination.host() + " has no route " + flip.route());
      }
    }
  }

  private void check(LabEvent.AnswerChange change, String pointer) {
    LabDestination destination = destinations.get(change.host());
    if (destination == null) {
      problems.add(pointer + "/host", "there is no destination " + change.host());
    } else {
      owned(destination, change.addresses(), pointer + "/addresses");
    }
  }

  private void exists(String where, String pointer) {
    if (!routers.contains(where) && !destinations.containsKey(where)) {
      problems.add(pointer + "/where", "there is no router or destination " + where);
    }
  }

  private void claim(List<InetAddress> addresses, String pointer) {
    for (int i = 0; i < addresses.size(); i++) {
      InetAddress address = addresses.get(i);
      if (!SpecialAddresses.isUnused(address)) {
        problems.add(
            pointer + "/" + i,
            address.getHostAddress() + " is in no range for documentation or benchmarks");
      }
      if (!used.add(address)) {
        problems.add(pointer + "/" + i, address.getHostAddress() + " is used twice");
      }
    }
  }

  private void owned(LabDestination destination, List<InetAddress> addresses, String pointer) {
    for (int i = 0; i < addresses.size(); i++) {
      if (!destination.addresses().contains(addresses.get(i))) {
        problems.add(
            pointer + "/" + i,
            destination.host() + " does not have " + addresses.get(i).getHostAddress());
      }
    }
  }

  private void oneOfEachVersion(List<InetAddress> addresses, String pointer) {
    long v4 = addresses.stream().filter(Inet4Address.class::isInstance).count();
    if (v4 > 1 || addresses.size() - v4 > 1) {
      problems.add(pointer, "at most one address of each IP version");
    }
  }
}
