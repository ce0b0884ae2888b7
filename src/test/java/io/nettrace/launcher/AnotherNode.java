package io.nettrace.launcher;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Another node on the product's database, which takes every export the moment it is ordered and
 * makes of it as much as a test says.
 */
final class AnotherNode implements AutoCloseable {
  private final Connection database;

  /** Closes {@code database} in the end. */
  AnotherNode(Connection database) throws SQLException {
    this.database = database;
    execute(
        """
        create function platform.taken_by_another_node() returns trigger language plpgsql as $$
        begin
          new.state = 'RUNNING';
          new.started_at = now();
          new.claimed_by = gen_random_uuid();
          return new;
        end $$;
        create trigger taken_by_another_node before insert on platform.exports
          for each row execute function platform.taken_by_another_node();
        create function platform.picked_by_another_node() returns trigger language plpgsql as $$
        begin
          new.picked = true;
          new.admitted = true;
          new.picked_by = 'another node';
          new.last_heartbeat = now() + interval '1 day';
          return new;
        end $$;
        create trigger picked_by_another_node before insert on platform.jobs
          for each row when (new.task_name = 'export.make')
          execute function platform.picked_by_another_node()
        """);
  }

  /** Makes the first files of every export it has. */
  void makes(int files) throws SQLException {
    execute(
        """
        update platform.export_files set
          row_count = 0, bytes = 0, sha256 = sha256(''), done_at = now()
        where position < %d
          and export_id in (select id from platform.exports where state = 'RUNNING')
        """
            .formatted(files));
  }

  /** Ends without a word, and what it made of them is lost; the product makes them all. */
  void dies() throws SQLException {
    execute(
        """
        update platform.export_files set
          row_count = null, bytes = null, sha256 = null, done_at = null
        where export_id in (select id from platform.exports where state = 'RUNNING')
        """);
    fallsSilent();
  }

  private void fallsSilent() throws SQLException {
    execute(
        """
        update platform.jobs set last_heartbeat = now() - interval '1 h'
        where picked_by = 'another node'
        """);
  }

  @Override
  public void close() throws SQLException {
    try (database) {
      execute(
          """
          drop function platform.taken_by_another_node() cascade;
          drop function platform.picked_by_another_node() cascade
          """);
      fallsSilent();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
