package io.nettrace.lab.engine;

import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.LabEvent.AnswerChange;
import io.nettrace.lab.scenario.LabEvent.DelayStep;
import io.nettrace.lab.scenario.LabEvent.Loss;
import io.nettrace.lab.scenario.LabEvent.Outage;
import io.nettrace.lab.scenario.LabEvent.Restore;
import io.nettrace.lab.scenario.LabEvent.RouteFlip;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of the simulated internet between two events: which routes are taken, what is down,
 * slow or lossy, what names resolve to. An event gives new conditions and leaves these as they are,
 * so that the engine reads them without a lock.
 */
final class Conditions {
  private final Topology topology;
  private final boolean[] down;
  private final double[] survival;
  private final long[] addedNanos;
  private final String[] routes;
  private final LabPath[] paths;
  private final Map<String, List<InetAddress>> answers;

  private Conditions(Topology topology) {
    this.topology = topology;
    this.down = new boolean[topology.nodes()];
    this.survival = new double[topology.nodes()];
    this.addedNanos = new long[topology.nodes()];
    this.routes = new String[topology.endpoints()];
    this.paths = new LabPath[topology.endpoints()];
    this.answers = new HashMap<>();
    for (int node = 0; node < survival.length; node++) {
      lose(node, 0);
    }
    for (int endpoint = 0; endpoint < paths.length; endpoint++) {
      take(endpoint, LabDestination.PRIMARY);
    }
    topology.scenario().destinations().forEach(d -> answers.put(d.host(), d.resolvesTo()));
  }

  private Conditions(Conditions before) {
    this.topology = before.topology;
    this.down = before.down.clone();
    this.survival = before.survival.clone();
    this.addedNanos = before.addedNanos.clone();
    this.routes = before.routes.clone();
    this.paths = before.paths.clone();
    this.answers = new HashMap<>(before.answers);
  }

  /** What holds when nothing has happened yet. */
  static Conditions initial(Topology topology) {
    return new Conditions(topology);
  }

  /** What holds once the event has happened; refuses one that speaks of unknown things. */
  Conditions after(LabEvent event) {
    Conditions next = new Conditions(this);
    switch (event) {
      case RouteFlip flip ->
          flip.hosts().forEach(host -> next.take(topology.endpointNumber(host), flip.route()));
      case DelayStep step ->
          next.addedNanos[topology.nodeNumber(step.where())] = LabPath.nanos(step.addedMillis());
      case Loss loss -> next.lose(topology.nodeNumber(loss.where()), loss.lossRatio());
      case Outage outage -> next.down[topology.nodeNumber(outage.where())] = true;
      case AnswerChange change -> next.resolve(change.host(), change.addresses());
      case Restore restore -> next.restore(restore.where());
    }
    return next;
  }

  /** What holds once the event's time is over, unless something else has replaced its effect. */
  Conditions undoing(LabEvent event) {
    Conditions next = new Conditions(this);
    switch (event) {
      case RouteFlip flip -> flip.hosts().forEach(host -> next.leave(host, flip.route()));
      case DelayStep step -> {
        int node = topology.nodeNumber(step.where());
        if (addedNanos[node] == LabPath.nanos(step.addedMillis())) {
          next.addedNanos[node] = 0;
        }
      }
      case Loss loss -> {
        int node = topology.nodeNumber(loss.where());
        if (survival[node] == survival(node, loss.lossRatio())) {
          next.lose(node, 0);
        }
      }
      case Outage outage -> next.down[topology.nodeNumber(outage.where())] = false;
      case AnswerChange change -> {
        if (change.addresses().equals(answers.get(change.host()))) {
          next.resolve(change.host(), resolvesTo(change.host()));
        }
      }
      case Restore _ -> {}
    }
    return next;
  }

  boolean isDown(int node) {
    return down[node];
  }

  /** Probability that a packet passes the node. */
  double survival(int node) {
    return survival[node];
  }

  long addedNanos(int node) {
    return addedNanos[node];
  }

  LabPath path(int endpoint) {
    return paths[endpoint];
  }

  /** What the names of destinations resolve to. */
  List<InetAddress> addressesOf(String host) {
    return answers.getOrDefault(host, List.of());
  }

  private void take(int endpoint, String route) {
    LabPath path = topology.endpoint(endpoint).paths.get(route);
    if (path == null) {
      throw new IllegalArgumentException("the destination has no route " + route);
    }
    routes[endpoint] = route;
    paths[endpoint] = path;
  }

  private void leave(String host, String route) {
    int endpoint = topology.endpointNumber(host);
    if (routes[endpoint].equals(route)) {
      take(endpoint, LabDestination.PRIMARY);
    }
  }

  private void lose(int node, double lossRatio) {
    survival[node] = survival(node, lossRatio);
  }

  private double survival(int node, double lossRatio) {
    return (1 - topology.node(node).lossRatio) * (1 - lossRatio);
  }

  private void resolve(String host, List<InetAddress> addresses) {
    if (!destination(host).addresses().containsAll(addresses)) {
      throw new IllegalArgumentException(host + " has not all of the addresses " + addresses);
    }
    answers.put(host, addresses);
  }

  private void restore(String where) {
    int node = topology.nodeNumber(where);
    down[node] = false;
    addedNanos[node] = 0;
    lose(node, 0);
    if (answers.containsKey(where)) {
      take(topology.endpointNumber(where), LabDestination.PRIMARY);
      answers.put(where, resolvesTo(where));
    }
  }

  private List<InetAddress> resolvesTo(String host) {
    return destination(host).resolvesTo();
  }

  private LabDestination destination(String host) {
    return topology.scenario().destinations().get(topology.endpointNumber(host));
  }
}
