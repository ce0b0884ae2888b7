package io.nettrace.tenant;

import io.nettrace.platform.Sql;
import io.nettrace.tenant.CellLogins.Login;
import java.sql.Connection;
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
  private static final Sql ENTER =
      Sql.of(
          """
          insert into platform.tenant_schemas (schema, role, cell, version, digest, built_at)
          values (:schema, :role, :cell, :version, :digest, :built_at)
          """);
  private static final Sql CLAIM =
      Sql.of(
          """
          update platform.tenant_schemas set tenant_id = :tenant_id
          where schema = (
            select schema from platform.tenant_schemas
            where tenant_id is null and version = :version and digest = :digest
            order by built_at limit 1 for update skip locked)
          returning cell, schema, role, version
          """);
  private static final Sql PUBLISHER =
      Sql.of("insert into events.owners (role, tenant_id) values (:role, :tenant_id)");
  private static final Sql LOCK =
      Sql.of(
          """
          select role, version, digest from platform.tenant_schemas
          where schema = :schema and version < :version for update skip locked
          """);
  private static final Sql MIGRATED =
      Sql.of(
          """
          update platform.tenant_schemas
          set version = :version, digest = :digest, failure = null, failed_at = null
            where schema = :schema
          """);
  private static final Sql SHARED =
      Sql.of(
          """
          select s.schema, s.role, c.login from platform.tenant_schemas s
          join platform.cells c on c.cell = s.cell
          where s.tenant_id = :tenant_id and not c.exclusive for update of s
          """);
  private static final Sql MOVE =
      Sql.of("update platform.tenant_schemas set cell = :cell where schema = :schema");

  private final Installation installation;
  private final ChangeLog log;
  private final Cells cells;

  /** How far a schema was brought. */
  private record Built(int version, String digest) {}

  /** A schema whose role is taken on by a login that others have, too. */
  private record SharedHome(String schema, String role, String login) {}

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
    ENTER
        .bind("schema", name)
        .bind("role", name)
        .bind("cell", login.cell())
        .bind("version", log.version())
        .bind("digest", log.digest(log.version()))
        .bind("built_at", now)
        .update(transaction);
  }

  /** Gives a waiting schema to a tenant; empty when none waits. */
  Optional<Placement> claim(Connection transaction, UUID tenantId) throws SQLException {
    Optional<Placement> claimed =
        CLAIM
            .bind("tenant_id", tenantId)
            .bind("version", log.version())
            .bind("digest", log.digest(log.version()))
            .first(
                transaction,
                row ->
                    new Placement(
                        row.getInt("cell"),
                        row.getString("schema"),
                        row.getString("role"),
                        row.getInt("version")));
    if (claimed.isPresent()) {
      PUBLISHER.bind("role", claimed.get().role()).bind("tenant_id", tenantId).update(transaction);
    }
    return claimed;
  }

  /** Brings one schema up to date; false when it is, or when another node is at it. */
  boolean migrate(Connection transaction, String schema) throws SQLException {
    Optional<Built> built =
        LOCK.bind("schema", schema)
            .bind("version", log.version())
            .first(transaction, row -> new Built(row.getInt("version"), row.getString("digest")));
    if (built.isEmpty()) {
      return false;
    }
    int version = built.get().version();
    if (!log.digest(version).equals(built.get().digest())) {
      throw new SQLException(
          "its first %d change sets are not those of this release".formatted(version), "XX000");
    }
    try (Statement statement = transaction.createStatement()) {
      statement.execute("set local lock_timeout = '2s'");
      asOwner(statement, schema);
      apply(statement, log.after(version));
      asOurselves(statement);
    }
    return MIGRATED
            .bind("version", log.version())
            .bind("digest", log.digest(log.version()))
            .bind("schema", schema)
            .update(transaction)
        == 1;
  }

  /** The tenant's role is from now on taken on by a login of its own; false if it is already. */
  boolean isolate(Connection transaction, UUID tenantId) throws SQLException {
    Installation.lock(transaction);
    Optional<SharedHome> shared =
        SHARED
            .bind("tenant_id", tenantId)
            .first(
                transaction,
                row ->
                    new SharedHome(
                        row.getString("schema"), row.getString("role"), row.getString("login")));
    if (shared.isEmpty()) {
      return false;
    }
    SharedHome home = shared.get();
    Login own = cells.exclusive(transaction);
    try (Statement statement = transaction.createStatement()) {
      statement.execute("grant %s to %s".formatted(home.role(), own.name()));
      statement.execute("revoke %s from %s".formatted(home.role(), home.login()));
    }
    return MOVE.bind("cell", own.cell()).bind("schema", home.schema()).update(transaction) == 1;
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
    Sql.of("delete from events.owners where role = :role")
        .bind("role", home.role())
        .update(transaction);
    Sql.of("delete from platform.tenant_schemas where schema = :schema")
        .bind("schema", home.schema())
        .update(transaction);
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
