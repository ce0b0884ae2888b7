package io.nettrace.platform.event;

import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events are of interest.
 *
 * @param versions the latest version of each type that can be read; empty for all types, audit
 *     entries too
 */
public record EventTypes(Map<String, Integer> versions) {
  /** Whatever is kept. */
  public static final EventTypes ALL = new EventTypes(Map.of());

  public EventTypes {
    versions = Map.copyOf(versions);
  }

  @SafeVarargs
  public static EventTypes of(Class<? extends DomainEvent>... events) {
    Map<String, Integer> versions = new LinkedHashMap<>();
    for (Class<? extends DomainEvent> event : events) {
      EventType type = event.getAnnotation(EventType.class);
      if (type == null) {
        throw new IllegalArgumentException(event.getName() + " has no @EventType");
      }
      versions.put(type.value(), type.version());
    }
    return new EventTypes(versions);
  }

  List<String> names() {
    return List.copyOf(versions.keySet());
  }

  boolean isAll() {
    return versions.isEmpty();
  }

  /** False for one that a later release published. */
  boolean canRead(KeptEvent event) {
    return isAll() || event.version() <= versions.getOrDefault(event.type(), 0);
  }
}
