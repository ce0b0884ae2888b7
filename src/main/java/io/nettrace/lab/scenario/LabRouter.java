package io.nettrace.lab.scenario;

import io.nettrace.metric.MplsLabel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A router and its habits. It carries packets; what it says about them is another matter.
 *
 * @param name what its addresses resolve to
 * @param addresses from which it answers, at most one of each IP version; it is silent in the other
 * @param silent it never says that a probe's time was exceeded
 * @param rateLimit bound on its ICMP answers; none when empty
 * @param quoteBytes how much of a probe it quotes at most, IP header included
 * @param labels the MPLS stack that it adds to its answers
 * @param variationMillis mean of the exponential extra delay that a packet meets here
 * @param lossRatio share of packets that are lost here, both ways together
 */
public record LabRouter(
    String id,
    String name,
    List<InetAddress> addresses,
    boolean silent,
    Optional<RateLimit> rateLimit,
    int quoteBytes,
    List<MplsLabel> labels,
    double variationMillis,
    double lossRatio) {

  /** An IPv4 header and eight bytes: what RFC 792 asks for. */
  public static final int QUOTE_BYTES = 28;

  public LabRouter {
    addresses = List.copyOf(addresses);
    labels = List.copyOf(labels);
  }

  /** A router without habits: it answers everything at once. */
  public static LabRouter plain(String id, String name, List<InetAddress> addresses) {
    return new LabRouter(
        id, name, addresses, false, Optional.empty(), QUOTE_BYTES, List.of(), 0, 0);
  }
}
