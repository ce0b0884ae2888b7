package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A tenant's target as scanners need it, and whose it is. */
public record ScheduledTarget(
    String targetId,
    UUID tenantId,
    String host,
    int port,
    List<Protocol> methods,
    Duration burstEvery) {
  public ScheduledTarget {
    methods = List.copyOf(methods);
  }
}
