package io.nettrace.platform.event;

import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Forgets events, and numbers them again after the database was moved to another server. */
final class EventUpkeep {
  private static final int AT_ONCE = 10_000;
  private static final Duration BRIEF = Duration.ofDays(1);

  private static final Sql FORGET = forget("not e.brief");
  private static final Sql FORGET_BRIEF = forget("e.brief");
  private static final Sql FORGET_DEAD =
      Sql.of("delete from events.dead_letters where died_at < :before");

  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended('events.server', 0))");
  private static final Sql SERVER = Sql.of("select system_identifier from pg_control_system()");
  private static final Sql ENTER =
      Sql.of(
          """
          insert into events.server (system_identifier) values (:server) on conflict do nothing
          """);
  private static final Sql MOVED =
      Sql.of(
          """
          update events.server set system_identifier = :server where system_identifier <> :server
          """);

  /** Before every number that a server draws for a transaction. */
  private static final Sql EVENTS_FIRST =
      Sql.of(
          """
          update events.events set xid = '1' where seq in (
            select seq from events.events where xid > '1' order by xid, seq limit :most)
          """);

  /** Before the first event that is not taken in; some after it may be taken in again. */
  private static final Sql CONSUMERS_FIRST =
      Sql.of(
          """
          update events.consumers c
          set xid = '1', seq = least(c.seq, coalesce(
            (select min(e.seq) - 1 from events.events e where (e.xid, e.seq) > (c.xid, c.seq)),
            c.seq))
          """);

  private final EventConfig config;
  private final Clock clock;

  EventUpkeep(EventConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  void forget(Database database, List<String> consumers) {
    Instant now = clock.instant();
    Instant before = now.minus(config.retention());
    forget(database, consumers, FORGET, before);
    forget(database, consumers, FORGET_BRIEF, now.minus(BRIEF));
    int _ = database.run(FORGET_DEAD.bind("before", before)::update);
  }

  /** Not what a consumer has still to take in. */
  private static Sql forget(String which) {
    return Sql.of(
        """
        delete from events.events where seq in (
          select e.seq from events.events e
          where e.at < :before and %s
            and (e.xid, e.seq) <= all (
              select c.xid, c.seq from events.consumers c where c.name = any (:names))
          order by e.at limit :most)
        """
            .formatted(which));
  }

  private static void forget(Database database, List<String> consumers, Sql which, Instant before) {
    Sql some =
        which.bind("before", before).bindArray("names", "text", consumers).bind("most", AT_ONCE);
    while (database.run(some::update) == AT_ONCE) {}
  }

  /**
   * A restored or moved database brings numbers of transactions that its new server has not drawn
   * yet, below which nothing would be read. By then every event of the old server is committed, so
   * their order is that of {@code seq}.
   */
  static void renumberAfterMove(Database database) {
    boolean _ =
        database.transaction(
            lock -> {
              boolean _ = LOCK.any(lock.connection());
              long server = SERVER.first(lock.connection(), row -> row.getLong(1)).orElseThrow();
              ENTER.bind("server", server).update(lock.connection());
              if (MOVED.bind("server", server).update(lock.connection()) == 1) {
                renumber(database);
              }
              return true;
            });
  }

  /**
   * In parts that commit, so that no statement is long; one that is broken off is done again, for
   * the server is only noted at the end.
   */
  private static void renumber(Database database) {
    int _ = database.run(CONSUMERS_FIRST::update);
    while (database.run(EVENTS_FIRST.bind("most", AT_ONCE)::update) == AT_ONCE) {}
  }
}
