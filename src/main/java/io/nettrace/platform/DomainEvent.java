package io.nettrace.platform;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened, for other components to follow. Its type is a record of plain values
 * with an {@link EventType}, in the root of the component that publishes it; the record's
 * components are the event's body.
 */
public interface DomainEvent {
  /** Whose it is; empty for the catalogue and the installation. */
  Optional<UUID> tenant();

  /** Identifier of what it happened to. */
  String subject();
}
