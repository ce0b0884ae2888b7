package io.nettrace.tenant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    try (Statement statement = transaction.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    }
  }

  private static Optional<Installation> find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select owner_role, reader_role from platform.installation")) {
      return row.next()
          ? Optional.of(new Installation(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
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
    try (PreparedStatement insert =
        transaction.prepareStatement("insert into platform.installation values (1, ?, ?)")) {
      insert.setString(1, made.owner);
      insert.setString(2, made.reader);
      insert.executeUpdate();
    }
    return made;
  }

  private void openCatalogue(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("grant usage on schema catalog to " + reader);
      statement.execute("grant select on all tables in schema catalog to " + reader);
      statement.execute(
          "alter default privileges in schema catalog grant select on tables to " + reader);
    }
  }
}
