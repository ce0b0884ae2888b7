package io.nettrace.metric;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the name service said a host's addresses are: all of them, sorted, for {@code ttl}. The
 * first of {@code addresses} is the one that is probed.
 */
public record AnswerSet(
    String host, Instant resolvedAt, List<InetAddress> addresses, Duration ttl) {
  public AnswerSet {
    addresses = List.copyOf(addresses);
  }
}
