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
   * @throws IllegalArgumentException when it is of another type or a later version, or its body is
   *     no such record or names another tenant than the database has stamped
   */
  public <E extends DomainEvent> E as(Class<E> event) {
    EventType known = event.getAnnotation(EventType.class);
    if (known == null || !known.value().equals(type) || version > known.version()) {
      throw new IllegalArgumentException(
          "%s of version %d is no %s".formatted(type, version, event.getSimpleName()));
    }
    E published = PlainJson.read(body, event);
    if (!published.tenant().equals(tenantId)) {
      throw new IllegalArgumentException("its body names another tenant than published it");
    }
    return published;
  }
}
