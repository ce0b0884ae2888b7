package io.nettrace.lab.engine;

import io.nettrace.lab.scenario.LabAnswers;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/** Whoever has an address and can be a probe's destination: a host, a router or the name server. */
final class LabEndpoint {
  static final LabAnswers DEAF = new LabAnswers(false, false, Set.of(), false);
  static final LabAnswers ROUTER = new LabAnswers(true, true, Set.of(), true);

  final int node;
  final boolean icmp;
  final boolean udp;
  final boolean resets;
  final boolean namesServed;
  final Map<String, LabPath> paths;
  private final BitSet openPorts = new BitSet();

  LabEndpoint(int node, LabAnswers answers, boolean namesServed, Map<String, LabPath> paths) {
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
