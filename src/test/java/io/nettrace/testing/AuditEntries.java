package io.nettrace.testing;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a database keeps of who changed what, in the order in which it was written. */
public final class AuditEntries {
  private static final Sql ALL =
      Sql.of(
          """
          select seq, tenant_id, type, subject, actor, body::text as body
          from events.events where seq > :after order by seq
          """);
  private static final Sql LAST = Sql.of("select coalesce(max(seq), 0) as seq from events.events");

  private final Database database;
  private long after;

  /** One entry as it is stored. */
  public record Entry(
      Optional<UUID> tenantId, String type, String subject, String actor, String body) {}

  /** Kind, whose it is, what it was done to, and by whom: what tests compare. */
  public record Line(String type, Optional<UUID> tenantId, String subject, String actor) {}

  /** Those that are written from now on. */
  public AuditEntries(Database database) {
    this.database = database;
    this.after = last();
  }

  /** What was written since the last call. */
  public List<Entry> take() {
    long from = after;
    after = last();
    return database.run(
        connection ->
            ALL.bind("after", from)
                .all(
                    connection,
                    row ->
                        new Entry(
                            Columns.optionalUuid(row, "tenant_id"),
                            row.getString("type"),
                            row.getString("subject"),
                            row.getString("actor"),
                            row.getString("body"))));
  }

  /** The same without what else is told of each. */
  public List<Line> lines() {
    return take().stream()
        .map(one -> new Line(one.type(), one.tenantId(), one.subject(), one.actor()))
        .toList();
  }

  private long last() {
    return database.run(
        connection -> LAST.first(connection, row -> row.getLong("seq")).orElseThrow());
  }
}
