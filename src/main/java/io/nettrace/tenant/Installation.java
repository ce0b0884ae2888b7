package io.nettrace.tenant;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The PostgreSQL roles that every tenant stands on, made at first start.
 *
 * @param owner without login: owns tenants' schemas, taken on by migrations only
 * @param reader without login: may read the catalogue
 */
record Installation(String owner, String reader) {
  private static final long LOCK = 0x74656e616e7473L; // "tenants"

  /** Finds or makes them; nodes that start together wait for each other. */
  static Installation prepare(Connection transaction) throws SQLException {
    lock(transaction);
    Installation installation = find(transaction).orElse(null);
    if (installation == null) {
      installation = create(transaction);
    }
    installation.openCatalogue(transaction);
    return installation;
  }

  /** Whoever makes or drops roles waits for the others; the lock ends with the transaction. */
  static void lock(Connection transaction) throws SQLException {
    boolean _ = Sql.of("select pg_advisory_xact_lock(:lock)").bind("lock", LOCK).any(transaction);
  }

  private static Optional<Installation> find(Connection connection) throws SQLException {
    return Sql.of("select owner_role, reader_role from platform.installation")
        .first(
            connection,
            row -> new Installation(row.getString("owner_role"), row.getString("reader_role")));
  }

  private static Installation create(Connection transaction) throws SQLException {
    String id = RoleName.random();
    Installation made = new Installation("nettrace_owner_" + id, "nettrace_reader_" + id);
    try (Statement statement = transaction.createStatement()) {
      statement.execute("create role %s nologin".formatted(made.owner));
      statement.execute("create role %s nologin".formatted(made.reader));
      // we do not inherit from it: only a migration that takes it on has its rights
      statement.execute("grant %s to current_user".formatted(made.owner));
    }
    Sql.of("insert into platform.installation values (1, :owner, :reader)")
        .bind("owner", made.owner)
        .bind("reader", made.reader)
        .update(transaction);
    return made;
  }

  private void openCatalogue(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("grant usage on schema catalog to " + reader);
      statement.execute("grant select on all tables in schema catalog to " + reader);
      statement.execute(
          "alter default privileges in schema catalog grant select on tables to " + reader);
      statement.execute("grant usage on schema events to " + reader);
      statement.execute(
          "grant execute on function events.publish(uuid, text, integer, text, text, jsonb,"
              + " boolean) to "
              + reader);
    }
  }
}
