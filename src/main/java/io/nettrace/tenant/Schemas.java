package io.nettrace.tenant;

import io.nettrace.platform.Columns;
import io.nettrace.tenant.CellLogins.Login;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes, hands out, migrates and drops tenants' schemas, in the caller's transaction. All of a
 * schema belongs to the installation's owner role; the tenant's role may read and write its tables,
 * and not change them.
 */
final class Schemas {
  private static final String ENTER =
      """
      insert into platform.tenant_schemas (schema, role, cell, version, digest, built_at)
      values (?, ?, ?, ?, ?, ?)
      """;
  private static final String CLAIM =
      """
      update platform.tenant_schemas set tenant_id = ?
      where schema = (
        select schema from platform.tenant_schemas
        where tenant_id is null and version = ? and digest = ?
        order by built_at limit 1 for update skip locked)
      returning cell, schema, role
      """;
  private static final String LOCK =
      """
      select role, version, digest from platform.tenant_schemas
      where schema = ? and version < ? for update skip locked
      """;
  private static final String MIGRATED =
      """
      update platform.tenant_schemas
      set version = ?, digest = ?, failure = null, failed_at = null where schema = ?
      """;
  private static final String SHARED =
      """
      select s.schema, s.role, c.login from platform.tenant_schemas s
      join platform.cells c on c.cell = s.cell
      where s.tenant_id = ? and not c.exclusive for update of s
      """;
  private static final String MOVE = "update platform.tenant_schemas set cell = ? where schema = ?";

  private final Installation installation;
  private final ChangeLog log;
  private final Cells cells;

  Schemas(Installation installation, ChangeLog log, Cells cells) {
    this.installation = installation;
    this.log = log;
    this.cells = cells;
  }

  /** A schema that waits for a tenant. */
  void build(Connection transaction, Instant now) throws SQLException {
    Login login = cells.withRoom(transaction);
    String name = "t_" + RoleName.random();
    try (Statement statement = transaction.createStatement()) {
      statement.execute("create role %s nologin".formatted(name));
      statement.execute("grant %s to %s".formatted(installation.reader(), name));
      statement.execute("grant %s to %s".formatted(name, login.name()));
      statement.execute("create schema %s authorization %s".formatted(name, installation.owner()));
      asOwner(statement, name);
      statement.execute("grant usage on schema %1$s to %1$s".formatted(name));
      statement.execute(
          "alter default privileges in schema %1$s grant select, insert, update, delete on tables to %1$s"
              .formatted(name));
      statement.execute(
          "alter default privileges in schema %1$s grant usage on sequences to %1$s"
              .formatted(name));
      apply(statement, log.after(0));
      asOurselves(statement);
    }
    try (PreparedStatement insert = transaction.prepareStatement(ENTER)) {
      insert.setString(1, name);
      insert.setString(2, name);
      insert.setInt(3, login.cell());
      insert.setInt(4, log.version());
      insert.setString(5, log.digest(log.version()));
      insert.setObject(6, Columns.utc(now));
      insert.executeUpdate();
    }
  }

  /** Gives a waiting schema to a tenant; empty when none waits. */
  Optional<Placement> claim(Connection transaction, UUID tenantId) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(CLAIM)) {
      update.setObject(1, tenantId);
      update.setInt(2, log.version());
      update.setString(3, log.digest(log.version()));
      try (ResultSet row = update.executeQuery()) {
        return row.next()
            ? Optional.of(new Placement(row.getInt(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** Brings one schema up to date; false when it is, or when another node is at it. */
  boolean migrate(Connection transaction, String schema) throws SQLException {
    try (PreparedStatement lock = transaction.prepareStatement(LOCK)) {
      lock.setString(1, schema);
      lock.setInt(2, log.version());
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        int version = row.getInt("version");
        if (!log.digest(version).equals(row.getString("digest"))) {
          throw new SQLException(
              "its first %d change sets are not those of this release".formatted(version), "XX000");
        }
        try (Statement statement = transaction.createStatement()) {
          statement.execute("set local lock_timeout = '2s'");
          asOwner(statement, schema);
          apply(statement, log.after(version));
          asOurselves(statement);
        }
      }
    }
    try (PreparedStatement update = transaction.prepareStatement(MIGRATED)) {
      update.setInt(1, log.version());
      update.setString(2, log.digest(log.version()));
      update.setString(3, schema);
      return update.executeUpdate() == 1;
    }
  }

  /** The tenant's role is from now on taken on by a login of its own; false if it is already. */
  boolean isolate(Connection transaction, UUID tenantId) throws SQLException {
    Installation.lock(transaction);
    try (PreparedStatement query = transaction.prepareStatement(SHARED)) {
      query.setObject(1, tenantId);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        String schema = row.getString("schema");
        Login own = cells.exclusive(transaction);
        try (Statement statement = transaction.createStatement()) {
          statement.execute("grant %s to %s".formatted(row.getString("role"), own.name()));
          statement.execute(
              "revoke %s from %s".formatted(row.getString("role"), row.getString("login")));
        }
        try (PreparedStatement update = transaction.prepareStatement(MOVE)) {
          update.setInt(1, own.cell());
          update.setString(2, schema);
          return update.executeUpdate() == 1;
        }
      }
    }
  }

  /** Takes schema and role away with all that is in them. */
  void drop(Connection transaction, Placement home) throws SQLException {
    Installation.lock(transaction);
    try (Statement statement = transaction.createStatement()) {
      asOwner(statement, home.schema());
      statement.execute("drop schema if exists %s cascade".formatted(home.schema()));
      asOurselves(statement);
      statement.execute("drop role if exists " + home.role());
    }
    try (PreparedStatement delete =
        transaction.prepareStatement("delete from platform.tenant_schemas where schema = ?")) {
      delete.setString(1, home.schema());
      delete.executeUpdate();
    }
  }

  private void asOwner(Statement statement, String schema) throws SQLException {
    statement.execute("set local role " + installation.owner());
    statement.execute("set local search_path = " + schema);
  }

  private static void asOurselves(Statement statement) throws SQLException {
    statement.execute("set local role none");
    statement.execute("set local search_path to default");
  }

  private static void apply(Statement statement, List<String> changes) throws SQLException {
    for (String change : changes) {
      statement.execute(change);
    }
  }
}
