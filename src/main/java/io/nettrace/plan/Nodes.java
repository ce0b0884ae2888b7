package io.nettrace.plan;

import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.time.Duration;
import java.util.UUID;

/** The table platform.nodes: each running server says every few seconds that it lives. */
final class Nodes {
  static final Duration BEAT_EVERY = Duration.ofSeconds(2);

  private static final Sql BEAT =
      Sql.of(
          """
          insert into platform.nodes (node) values (:node)
          on conflict (node) do update set last_seen = clock_timestamp()
          """);
  private static final Sql COUNT =
      Sql.of(
          """
          select count(*) as alive from platform.nodes
          where last_seen > clock_timestamp() - interval '6 seconds'
          """);
  private static final Sql LEAVE = Sql.of("delete from platform.nodes where node = :node");
  private static final Sql FORGET =
      Sql.of("delete from platform.nodes where last_seen < clock_timestamp() - interval '1 day'");

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
              BEAT.bind("node", node).update(connection);
              FORGET.update(connection);
              return COUNT.first(connection, row -> Math.max(1, row.getInt("alive"))).orElseThrow();
            });
  }

  void leave() {
    int _ = database.run(LEAVE.bind("node", node)::update);
  }
}
