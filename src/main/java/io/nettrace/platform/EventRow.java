package io.nettrace.platform;

import io.nettrace.platform.json.PlainJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** One row of {@code events.events}, before it is written. */
record EventRow(
    Optional<UUID> tenantId,
    String type,
    int version,
    String subject,
    String actor,
    String body,
    boolean brief) {
  private static final Sql PUBLISH =
      Sql.of(
          """
          select events.publish(
            :tenant_id, :type, :version, :subject, :actor, cast(:body as jsonb), :brief)
          """);

  static EventRow of(Actor by, DomainEvent event) {
    EventType type = event.getClass().getAnnotation(EventType.class);
    if (type == null) {
      throw new IllegalArgumentException(event.getClass().getName() + " has no @EventType");
    }
    return new EventRow(
        event.tenant(),
        type.value(),
        type.version(),
        event.subject(),
        by.text(),
        PlainJson.write(event),
        type.brief());
  }

  static EventRow of(Actor by, AuditEntry entry) {
    return new EventRow(
        entry.tenantId(),
        entry.type().type(),
        1,
        entry.subject(),
        by.text(),
        PlainJson.write(entry.details()),
        false);
  }

  void insert(Connection transaction) throws SQLException {
    boolean _ =
        PUBLISH
            .bind("tenant_id", tenantId.orElse(null))
            .bind("type", type)
            .bind("version", version)
            .bind("subject", subject)
            .bind("actor", actor)
            .bind("body", body)
            .bind("brief", brief)
            .any(transaction);
  }
}
