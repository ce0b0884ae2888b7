package io.nettrace.scanner;

import io.nettrace.metric.Protocol;
import java.util.List;

/**
 * One endpoint to measure; {@code methods} in order of preference, {@code port} for UDP and TCP.
 */
public record AssignedTarget(String targetId, String host, int port, List<Protocol> methods) {
  public AssignedTarget {
    methods = List.copyOf(methods);
  }
}
