package io.nettrace.sample;

import io.nettrace.platform.Sql;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.PackedWire;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The feed's table, by which nodes tell each other what changed. */
final class FeedStore {
  private static final Logger LOG = System.getLogger(FeedStore.class.getName());

  /** A node that was away for longer reads the record again. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.scan_feed (node, content) values (:node, :content) returning id
          """);
  private static final Sql READ =
      Sql.of(
          """
          select case when node <> :node then content end as content from platform.scan_feed
          where id = any (:ids) order by id
          """);
  private static final Sql FORGET = Sql.of("delete from platform.scan_feed where at < :before");

  private FeedStore() {}

  static long add(Connection transaction, UUID node, Newest newest) throws SQLException {
    return ADD.bind("node", node)
        .bind("content", PackedWire.write(newest))
        .first(transaction, row -> row.getLong("id"))
        .orElseThrow();
  }

  /**
   * What rows hold.
   *
   * @param complete false when some of the rows are forgotten already
   * @param ofOthers what other nodes stored, as far as this release can read it
   */
  record Content(boolean complete, List<Newest> ofOthers) {}

  static Content read(Connection connection, UUID node, Collection<Long> ids) throws SQLException {
    List<Optional<byte[]>> rows =
        READ.bind("node", node)
            .bindArray("ids", "bigint", ids)
            .all(connection, row -> Optional.ofNullable(row.getBytes("content")));
    List<Newest> ofOthers =
        rows.stream()
            .flatMap(Optional::stream)
            .map(FeedStore::newest)
            .flatMap(Optional::stream)
            .toList();
    return new Content(rows.size() == ids.size(), ofOthers);
  }

  /** Returns how many are gone. */
  static int forget(Connection connection, Instant before) throws SQLException {
    return FORGET.bind("before", before).update(connection);
  }

  private static Optional<Newest> newest(byte[] content) {
    try {
      return Optional.of(PackedWire.read(content, Newest.class));
    } catch (MalformedMessageException e) {
      LOG.log(Level.WARNING, "another node told what cannot be read here: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
