package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What one tenant can try on another with the connections it is served by. Each attack runs in a
 * transaction of the attacker that is always rolled back.
 */
final class CanaryAttacks {
  private final TenantDatabase walls;
  private final Cells cells;

  /** How an attack ended. */
  sealed interface Outcome {
    /** It was refused, or saw only what is the attacker's own. */
    record Withstood(String how) implements Outcome {}

    /** It saw or changed what is the victim's, or got rights that it must not have. */
    record Breached(String how) implements Outcome {}
  }

  /** One attack and how it ended. */
  record Result(String attack, Outcome outcome) {}

  CanaryAttacks(TenantDatabase walls, Cells cells) {
    this.walls = walls;
    this.cells = cells;
  }

  /** Tries everything. The victim has a mark; the attacker has none. */
  List<Result> attack(Tenant attacker, Tenant victim) {
    String schema = victim.home().schema();
    String role = victim.home().role();
    String marks = "select mark from " + schema + ".marks";
    return List.of(
        reading("wrong search path", attacker, "select mark from marks", path(schema)),
        reading("qualified name", attacker, marks),
        reading("RESET ROLE, then a qualified name", attacker, marks, "reset role"),
        reading(
            "RESET ROLE, then a path",
            attacker,
            "select mark from marks",
            "reset role",
            path(schema)),
        doing(
            "write by a qualified name", attacker, "insert into " + schema + ".marks values ('')"),
        doing("SET ROLE in injected text", attacker, "set local role " + role),
        doing(
            "set_config in injected text",
            attacker,
            "select set_config('role', '" + role + "', true)"),
        doing("SET SESSION AUTHORIZATION", attacker, "set session authorization " + role),
        doing("drop another's table", attacker, "drop table " + schema + ".marks"),
        doing("read the platform's tables", attacker, "select 1 from platform.tenants"),
        doing("read keys", attacker, "select 1 from platform.api_keys"),
        doing("write to the catalogue", attacker, "delete from catalog.series"),
        leftovers(victim),
        plans(attacker, victim),
        value(attacker, victim));
  }

  private static String path(String schema) {
    return "set local search_path = " + schema;
  }

  /** Whatever rows come back are another's: the attacker has none. */
  private Result reading(String attack, Tenant attacker, String query, String... before) {
    return attempt(
        attack,
        attacker,
        tx -> {
          execute(tx, before);
          try (Statement statement = tx.createStatement();
              ResultSet row = statement.executeQuery(query)) {
            return row.next() ? breached("it read a row") : withstood("no rows");
          }
        });
  }

  /** That it can be done at all is the breach. */
  private Result doing(String attack, Tenant attacker, String statement) {
    return attempt(
        attack,
        attacker,
        tx -> {
          execute(tx, statement);
          return breached("it was executed");
        });
  }

  /** After a transaction of the victim its connection, used again, knows nothing of it. */
  private Result leftovers(Tenant victim) {
    String attack = "leftovers on a pooled connection";
    List<Outcome> outcomes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        boolean _ =
            walls.transaction(victim, tx -> execute(tx.connection(), "select 1 from marks"));
        outcomes.add(cells.database(victim.home().cell()).run(c -> bare(c, victim)));
      }
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (DatabaseException e) {
      return new Result(attack, withstood(String.valueOf(e.getMessage())));
    }
    return new Result(attack, worst(outcomes));
  }

  private static Outcome bare(Connection connection, Tenant victim) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select current_user, to_regclass('marks') is not null")) {
      row.next();
      boolean role = row.getString(1).equals(victim.home().role());
      boolean path = row.getBoolean(2);
      return role || path ? breached("role or path stayed") : withstood("role and path are gone");
    }
  }

  /** The same statement again and again, in turn: the server may keep its plan. */
  private Result plans(Tenant attacker, Tenant victim) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      List<String> own = walls.transaction(victim, tx -> marks(tx.connection()));
      List<String> seen = walls.transaction(attacker, tx -> marks(tx.connection()));
      outcomes.add(
          seen.stream().anyMatch(own::contains) || own.isEmpty()
              ? breached("a row of the other plan")
              : withstood("each read its own"));
    }
    return new Result("cached plans", worst(outcomes));
  }

  /** What a user writes is a value, whatever it looks like. */
  private Result value(Tenant attacker, Tenant victim) {
    String text = "'; set local role " + victim.home().role() + "; select '";
    return attempt(
        "a statement in a value",
        attacker,
        tx -> {
          String role =
              Sql.of("select current_user as role where :text <> ''")
                  .bind("text", text)
                  .first(tx, row -> row.getString("role"))
                  .orElseThrow();
          return role.equals(attacker.home().role())
              ? withstood("it stayed a value")
              : breached("it was executed");
        });
  }

  private Result attempt(String attack, Tenant attacker, Database.Work<Outcome> work) {
    try {
      Outcome outcome =
          walls.transaction(
              attacker,
              tx -> {
                Outcome seen = work.run(tx.connection());
                tx.connection().rollback();
                return seen;
              });
      return new Result(attack, outcome);
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (DatabaseException e) {
      return new Result(attack, withstood(String.valueOf(e.getMessage())));
    }
  }

  private static Outcome worst(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Breached.class::isInstance)
        .findFirst()
        .orElse(outcomes.getLast());
  }

  private static List<String> marks(Connection connection) throws SQLException {
    return Sql.of("select mark from marks").all(connection, row -> row.getString("mark"));
  }

  private static boolean execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        boolean _ = statement.execute(each);
      }
    }
    return true;
  }

  private static Outcome withstood(String how) {
    return new Outcome.Withstood(how);
  }

  private static Outcome breached(String how) {
    return new Outcome.Breached(how);
  }
}
