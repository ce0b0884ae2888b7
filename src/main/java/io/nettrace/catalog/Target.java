package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that is measured.
 *
 * @param id stable short name
 * @param host fully qualified name in lower case
 * @param port the service port, for TCP and UDP probes
 * @param methods how to measure, in order of preference
 */
public record Target(
    String id,
    String name,
    String host,
    Category category,
    String operator,
    int port,
    List<Protocol> methods,
    Optional<Venue> venue) {
  public Target {
    methods = List.copyOf(methods);
  }
}
