package io.nettrace.lab.scenario;

import java.util.Set;

/**
 * What a destination answers to.
 *
 * @param icmp echo requests
 * @param udp datagrams, with "port unreachable"
 * @param openPorts TCP ports that accept connections
 * @param resets whether other TCP ports refuse connections rather than stay silent
 */
public record LabAnswers(boolean icmp, boolean udp, Set<Integer> openPorts, boolean resets) {
  public static final LabAnswers ALL = new LabAnswers(true, true, Set.of(80, 443), true);

  public LabAnswers {
    openPorts = Set.copyOf(openPorts);
  }
}
