package io.nettrace.sample;

import io.nettrace.platform.Sql;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The feed's table, by which nodes tell each other what changed. */
final class FeedStore {
  private static final Logger LOG = System.getLogger(FeedStore.class.getName());
  static final String CHANNEL = "nettrace_feed";

  /** A node that was away for longer reads the record anew. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int MOST_BYTES = 64 << 20;
  private static final Sql ADD =
      Sql.of(
          """
          with added as (
            insert into platform.scan_feed (node, content) values (:node, :content)
            returning id, node)
          select pg_notify('nettrace_feed', id || ' ' || node) from added
          """);
  private static final Sql IDS =
      Sql.of("select id from platform.scan_feed where node <> :node and at > :since");
  private static final Sql READ =
      Sql.of("select content from platform.scan_feed where id = any (:ids) order by id");
  private static final Sql FORGET = Sql.of("delete from platform.scan_feed where at < :before");

  private FeedStore() {}

  static void add(Connection transaction, UUID node, Newest newest) throws SQLException {
    boolean _ =
        ADD.bind("node", node).bind("content", deflated(Wire.write(newest))).any(transaction);
  }

  /** What other nodes added since then. */
  static Set<Long> since(Connection connection, UUID node, Instant time) throws SQLException {
    return new LinkedHashSet<>(
        IDS.bind("node", node).bind("since", time).all(connection, row -> row.getLong("id")));
  }

  /** Those that can be read: another release may have written others. */
  static List<Newest> read(Connection connection, Collection<Long> ids) throws SQLException {
    return READ
        .bindArray("ids", "bigint", ids)
        .all(connection, row -> newest(row.getBytes("content")))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns how many are gone. */
  static int forget(Connection connection, Instant before) throws SQLException {
    return FORGET.bind("before", before).update(connection);
  }

  private static byte[] deflated(byte[] json) {
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
      out.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  private static Optional<Newest> newest(byte[] deflated) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return Optional.of(Wire.read(in.readNBytes(MOST_BYTES), Newest.class));
    } catch (IOException | MalformedMessageException e) {
      LOG.log(Level.WARNING, "another node told what cannot be read here: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
