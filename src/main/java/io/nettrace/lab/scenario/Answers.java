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
public record Answers(boolean icmp, boolean udp, Set<Integer> openPorts, boolean resets) {
  public static final Answers ALL = new Answers(true, true, Set.of(80, 443), true);

  public Answers {
    openPorts = Set.copyOf(openPorts);
  }
}
