package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;

/** The table platform.cells and the PostgreSQL roles it names. */
final class CellLogins {
  private static final Sql WITH_ROOM =
      Sql.of(
          """
          select cell, login from platform.cells c
          where not exclusive
            and (select count(*) from platform.tenant_schemas s where s.cell = c.cell) < :most
          order by cell limit 1
          """);
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.cells (cell, login, exclusive)
          select coalesce(max(cell), 0) + 1, :login, :exclusive from platform.cells
          returning cell, login
          """);

  private final Database database;
  private final Signer signer;
  private final int mostTenants;

  /** A cell's number and its PostgreSQL role. */
  record Login(int cell, String name) {}

  CellLogins(Database database, String secret, int mostTenants) {
    this.database = database;
    this.signer = Signer.ofSingleUse(secret);
    this.mostTenants = mostTenants;
  }

  /** The login of a cell, arranged anew, so that a lost secret locks nobody out. */
  Login find(int cell) {
    return database.transaction(
        tx -> {
          Login login =
              Sql.of("select cell, login from platform.cells where cell = :cell")
                  .bind("cell", cell)
                  .first(tx.connection(), CellLogins::login)
                  .orElseThrow(() -> new IllegalStateException("there is no cell " + cell));
          // a role that two change at once fails for one of them
          Installation.lock(tx.connection());
          arrange(tx.connection(), login);
          return login;
        });
  }

  Login withRoom(Connection transaction) throws SQLException {
    Installation.lock(transaction);
    Optional<Login> found = search(transaction);
    return found.isPresent() ? found.get() : create(transaction, false);
  }

  /** A further login; it owns nothing, inherits nothing, and has no schema of its own. */
  Login create(Connection transaction, boolean exclusive) throws SQLException {
    Installation.lock(transaction);
    String name = "nettrace_cell_" + RoleName.random();
    try (Statement statement = transaction.createStatement()) {
      statement.execute("create role %s login noinherit".formatted(name));
      statement.execute("alter role %s set statement_timeout = '60s'".formatted(name));
      statement.execute(
          "alter role %s set idle_in_transaction_session_timeout = '60s'".formatted(name));
      statement.execute("alter role %s set lock_timeout = '10s'".formatted(name));
    }
    Login login =
        ADD.bind("login", name)
            .bind("exclusive", exclusive)
            .first(transaction, CellLogins::login)
            .orElseThrow();
    arrange(transaction, login);
    return login;
  }

  /** Follows from the secret, so that every node knows it and it is stored nowhere. */
  String password(Login login) {
    return HexFormat.of().formatHex(signer.sign(login.name().getBytes(StandardCharsets.US_ASCII)));
  }

  private Optional<Login> search(Connection transaction) throws SQLException {
    return WITH_ROOM.bind("most", mostTenants).first(transaction, CellLogins::login);
  }

  private static Login login(ResultSet row) throws SQLException {
    return new Login(row.getInt("cell"), row.getString("login"));
  }

  /** The path it has between transactions is the one it has in them, see {@link Walls#PATH}. */
  private void arrange(Connection transaction, Login login) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      // of hexadecimal digits only, so it needs no escape
      statement.execute("alter role %s password '%s'".formatted(login.name(), password(login)));
      statement.execute("alter role %s set search_path = %s".formatted(login.name(), Walls.PATH));
    }
  }
}
