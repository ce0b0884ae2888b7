package io.nettrace.lab.engine;

import io.nettrace.lab.scenario.Answers;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/** Whoever has an address and can be a probe's destination: a host, a router or the name server. */
final class Endpoint {
  static final Answers DEAF = new Answers(false, false, Set.of(), false);
  static final Answers ROUTER = new Answers(true, true, Set.of(), true);

  final int node;
  final boolean icmp;
  final boolean udp;
  final boolean resets;
  final boolean namesServed;
  final Map<String, Path> paths;
  private final BitSet openPorts = new BitSet();

  Endpoint(int node, Answers answers, boolean namesServed, Map<String, Path> paths) {
    this.node = node;
    this.icmp = answers.icmp();
    this.udp = answers.udp();
    this.resets = answers.resets();
    this.namesServed = namesServed;
    this.paths = paths;
    answers.openPorts().forEach(openPorts::set);
  }

  boolean accepts(int port) {
    return openPorts.get(port);
  }
}
