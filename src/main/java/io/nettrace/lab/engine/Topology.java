package io.nettrace.lab.engine;

import io.nettrace.lab.packet.LabIcmpError;
import io.nettrace.lab.packet.WireAddress;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabRoute;
import io.nettrace.lab.scenario.LabRouteStep;
import io.nettrace.lab.scenario.LabRouter;
import io.nettrace.lab.scenario.Scenario;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario in the form in which packets are carried through it: everything has a number, and what
 * a packet needs is in arrays. It never changes; {@link Conditions} do.
 */
final class Topology {
  /** Linux quotes as much as fits into 576 bytes. */
  private static final int HOST_QUOTE_BYTES = 548;

  private final Scenario scenario;
  private final Map<String, Integer> nodeNumbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> endpointNumbers = new HashMap<>();
  private final List<LabEndpoint> endpoints = new ArrayList<>();
  private final Map<WireAddress, Integer> addressNumbers = new LinkedHashMap<>();
  private final List<Integer> endpointOfAddress = new ArrayList<>();
  private final List<LabIcmpError> unreachables = new ArrayList<>();
  private final AddressTable addresses;

  private Topology(Scenario scenario) {
    this.scenario = scenario;
    scenario.routers().forEach(this::addRouter);
    scenario.destinations().forEach(this::addDestination);
    addNameserver();
    addRouters();
    this.addresses = new AddressTable(addressNumbers);
  }

  static Topology of(Scenario scenario) {
    return new Topology(scenario);
  }

  Scenario scenario() {
    return scenario;
  }

  int nodes() {
    return nodes.size();
  }

  Node node(int number) {
    return nodes.get(number);
  }

  /** The number of a router's id or a destination's host. */
  int nodeNumber(String where) {
    return known(nodeNumbers, where, "router or destination");
  }

  int endpoints() {
    return endpoints.size();
  }

  LabEndpoint endpoint(int number) {
    return endpoints.get(number);
  }

  int endpointNumber(String host) {
    return known(endpointNumbers, host, "destination");
  }

  /** The number of an address; {@link AddressTable#NONE} when no endpoint has it. */
  int addressNumber(long high, long low) {
    return addresses.find(high, low);
  }

  int endpointOfAddress(int address) {
    return endpointOfAddress.get(address);
  }

  /** What the holder of an address says about a port that is closed. */
  LabIcmpError portUnreachable(int address) {
    return unreachables.get(address);
  }

  /** Events may speak of a router by its name too, as other programs show it. */
  private void addRouter(LabRouter router) {
    addNode(router.id(), Node.of(router));
    nodeNumbers.putIfAbsent(router.name(), nodes.size() - 1);
  }

  private void addNode(String id, Node node) {
    nodeNumbers.put(id, nodes.size());
    nodes.add(node);
  }

  private void addDestination(LabDestination destination) {
    Map<String, LabPath> paths = new HashMap<>();
    paths.put(LabDestination.PRIMARY, path(destination.route()));
    destination.alternatives().forEach((name, route) -> paths.put(name, path(route)));
    addNode(destination.host(), Node.host());
    int node = nodes.size() - 1;
    endpointNumbers.put(destination.host(), endpoints.size());
    addEndpoint(
        new LabEndpoint(node, destination.answers(), false, paths), destination.addresses());
  }

  private void addNameserver() {
    LabPath path =
        LabPath.of(
            new LabRoute(List.of(), scenario.vantage().nameserverRttMillis()), 0, this::nodeNumber);
    nodes.add(Node.host());
    addEndpoint(
        new LabEndpoint(
            nodes.size() - 1, LabEndpoint.ROUTER, true, Map.of(LabDestination.PRIMARY, path)),
        scenario.vantage().nameservers());
  }

  /** Routers answer for themselves too, at the end of the first route that leads through them. */
  private void addRouters() {
    Map<String, LabPath> ways = new HashMap<>();
    for (LabDestination destination : scenario.destinations()) {
      collectWays(destination.route(), ways);
      destination.alternatives().values().forEach(route -> collectWays(route, ways));
    }
    for (LabRouter router : scenario.routers()) {
      LabPath way = ways.get(router.id());
      if (way != null) {
        addEndpoint(
            new LabEndpoint(
                nodeNumber(router.id()),
                router.silent() ? LabEndpoint.DEAF : LabEndpoint.ROUTER,
                false,
                Map.of(LabDestination.PRIMARY, way)),
            router.addresses());
      }
    }
  }

  private void collectWays(LabRoute route, Map<String, LabPath> ways) {
    for (int i = 0; i < route.steps().size(); i++) {
      LabRouteStep step = route.steps().get(i);
      int at = i;
      step.hops()
          .forEach(
              hop ->
                  ways.computeIfAbsent(
                      hop, _ -> LabPath.to(at, route, scenario.seed(), this::nodeNumber)));
    }
  }

  private void addEndpoint(LabEndpoint endpoint, List<InetAddress> held) {
    for (InetAddress address : held) {
      WireAddress wire = WireAddress.of(address);
      addressNumbers.put(wire, endpointOfAddress.size());
      endpointOfAddress.add(endpoints.size());
      unreachables.add(
          new LabIcmpError(
              LabIcmpError.Reason.PORT_UNREACHABLE, wire, HOST_QUOTE_BYTES, List.of()));
    }
    endpoints.add(endpoint);
  }

  private LabPath path(LabRoute route) {
    return LabPath.of(route, scenario.seed(), this::nodeNumber);
  }

  private static int known(Map<String, Integer> numbers, String name, String what) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("the scenario has no " + what + " " + name);
    }
    return number;
  }
}
