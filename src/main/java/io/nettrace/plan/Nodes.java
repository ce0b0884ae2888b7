package io.nettrace.plan;

import io.nettrace.platform.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The table platform.nodes: each running server says every few seconds that it lives. */
final class Nodes {
  static final Duration BEAT_EVERY = Duration.ofSeconds(2);

  private static final String BEAT =
      """
      insert into platform.nodes (node) values (?)
      on conflict (node) do update set last_seen = clock_timestamp()
      """;
  private static final String COUNT =
      """
      select count(*) from platform.nodes
      where last_seen > clock_timestamp() - interval '6 seconds'
      """;
  private static final String LEAVE = "delete from platform.nodes where node = ?";
  private static final String FORGET =
      "delete from platform.nodes where last_seen < clock_timestamp() - interval '1 day'";

  private final Database database;
  private final UUID node;
  private volatile int alive = 1;

  Nodes(Database database, UUID node) {
    this.database = database;
    this.node = node;
  }

  /** How many servers live, this one included, as far as is known. */
  int alive() {
    return alive;
  }

  void beat() {
    alive =
        database.run(
            connection -> {
              execute(connection, BEAT, node);
              execute(connection, FORGET);
              try (PreparedStatement query = connection.prepareStatement(COUNT);
                  ResultSet row = query.executeQuery()) {
                row.next();
                return Math.max(1, row.getInt(1));
              }
            });
  }

  void leave() {
    database.run(connection -> execute(connection, LEAVE, node));
  }

  private static boolean execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate() > 0;
    }
  }
}
