package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import java.time.Duration;
import java.util.List;

/** What people may say of a target of their own, before anything of it is checked. */
public record TargetDraft(
    String host,
    int port,
    List<Protocol> methods,
    String name,
    List<String> tags,
    Duration burstEvery,
    boolean paused) {
  public TargetDraft {
    methods = List.copyOf(methods);
    tags = List.copyOf(tags);
  }
}
