package io.nettrace.platform.event;

import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.EventType;
import io.nettrace.platform.json.PlainJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event or audit entry as it was kept.
 *
 * @param seq its number in its database; not the order of commits
 * @param tenantId whose it is; empty for the catalogue and the installation
 * @param actor who made the change, as {@link io.nettrace.platform.Actor#text} writes it
 * @param body the record's components, as JSON
 */
public record KeptEvent(
    long seq,
    Optional<UUID> tenantId,
    String type,
    int version,
    String subject,
    String actor,
    Instant at,
    String body) {

  /**
   * The event that was published.
   *
   * @throws IllegalArgumentException when it is of another type, or its body is no such record
   */
  public <E extends DomainEvent> E as(Class<E> event) {
    EventType known = event.getAnnotation(EventType.class);
    if (known == null || !known.value().equals(type)) {
      throw new IllegalArgumentException(type + " is no " + event.getSimpleName());
    }
    return PlainJson.read(body, event);
  }
}
