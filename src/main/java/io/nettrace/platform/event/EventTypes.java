package io.nettrace.platform.event;

import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events are of interest.
 *
 * @param names empty for all, audit entries too
 */
public record EventTypes(List<String> names) {
  /** Whatever is kept. */
  public static final EventTypes ALL = new EventTypes(List.of());

  public EventTypes {
    names = List.copyOf(names);
  }

  @SafeVarargs
  public static EventTypes of(Class<? extends DomainEvent>... events) {
    List<String> names = new ArrayList<>();
    for (Class<? extends DomainEvent> event : events) {
      EventType type = event.getAnnotation(EventType.class);
      if (type == null) {
        throw new IllegalArgumentException(event.getName() + " has no @EventType");
      }
      names.add(type.value());
    }
    return new EventTypes(names);
  }

  boolean isAll() {
    return names.isEmpty();
  }
}
