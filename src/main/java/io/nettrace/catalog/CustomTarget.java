package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An endpoint that is measured for one tenant alone.
 *
 * @param id {@value #PREFIX} and a UUID: unique in the world, later ones sort behind
 * @param host a public name as A-labels, or an address in canonical form; never changed
 * @param port for TCP and UDP; never changed
 * @param methods how to measure, in order of preference
 * @param tags sorted, each once
 * @param burstEvery time between two bursts
 * @param createdBy who added it, as its people are named
 * @param version raised by each change
 */
public record CustomTarget(
    String id,
    String host,
    int port,
    List<Protocol> methods,
    String name,
    List<String> tags,
    Duration burstEvery,
    boolean paused,
    Instant createdAt,
    String createdBy,
    int version) {
  public static final String PREFIX = "ct-";

  public CustomTarget {
    methods = List.copyOf(methods);
    tags = List.copyOf(tags);
  }
}
