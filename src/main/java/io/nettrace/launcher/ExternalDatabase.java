package io.nettrace.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Somebody else's PostgreSQL: asked before anything is started on top of it. */
record ExternalDatabase(String url, String user, String password) {
  /** How long a database that is away is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String CONNECT_LIMIT_SECONDS = "3";
  private static final int OLDEST_VERSION = 15;

  /** Returns when it lets us in; what no waiting mends is refused at once. */
  void require(Duration patience, Consumer<String> console)
      throws StartFailure, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      try {
        check();
        return;
      } catch (SQLException e) {
        if (!isAway(e)) {
          throw refusal("refuses: " + e.getMessage(), e);
        }
        if (System.nanoTime() >= deadline) {
          throw refusal(
              "cannot be reached, tried for %d s: %s"
                  .formatted(patience.toSeconds(), e.getMessage()),
              e);
        }
      }
      if (!told) {
        console.accept("Waiting for PostgreSQL at " + url);
        told = true;
      }
      TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
    }
  }

  private void check() throws SQLException, StartFailure {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_LIMIT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_LIMIT_SECONDS);
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_VERSION) {
        throw new StartFailure(
            "PostgreSQL at %s is version %d; NetTrace needs %d or newer."
                .formatted(url, version, OLDEST_VERSION));
      }
    }
  }

  /** Not connected (08), starting up or shutting down (57P), out of slots (53). */
  private static boolean isAway(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
  }

  private StartFailure refusal(String what, SQLException cause) {
    return new StartFailure(
        "PostgreSQL at %s %s. Check nettrace.db.url, nettrace.db.user and nettrace.db.password."
            .formatted(url, what.replaceAll("\\.$", "")),
        cause);
  }
}
