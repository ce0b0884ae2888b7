package io.nettrace.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tenants' targets that are to be measured at one moment. Immutable. */
public final class Schedule {
  static final Schedule EMPTY = new Schedule(Map.of());

  private final Map<String, ScheduledTarget> byId;

  Schedule(Map<String, ScheduledTarget> byId) {
    this.byId = Map.copyOf(byId);
  }

  public Optional<ScheduledTarget> find(String targetId) {
    return Optional.ofNullable(byId.get(targetId));
  }

  /** By id. */
  public List<ScheduledTarget> targets() {
    return byId.values().stream().sorted(Comparator.comparing(ScheduledTarget::targetId)).toList();
  }
}
