package io.nettrace.sample;

import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
  private static final String ADD =
      """
      with added as (
        insert into platform.scan_feed (node, content) values (?, ?) returning id, node)
      select pg_notify('nettrace_feed', id || ' ' || node) from added
      """;
  private static final String IDS = "select id from platform.scan_feed where node <> ? and at > ?";
  private static final String READ =
      "select content from platform.scan_feed where id = any (?) order by id";
  private static final String FORGET = "delete from platform.scan_feed where at < ?";

  private FeedStore() {}

  static void add(Connection transaction, UUID node, Newest newest) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ADD)) {
      insert.setObject(1, node);
      insert.setBytes(2, deflated(Wire.write(newest)));
      insert.execute();
    }
  }

  /** What other nodes added since then. */
  static Set<Long> since(Connection connection, UUID node, Instant time) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(IDS)) {
      query.setObject(1, node);
      query.setObject(2, time.atOffset(ZoneOffset.UTC));
      Set<Long> ids = new LinkedHashSet<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }

  /** Those that can be read: another release may have written others. */
  static List<Newest> read(Connection connection, Collection<Long> ids) throws SQLException {
    List<Newest> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(READ)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          newest(row.getBytes(1)).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** Returns how many are gone. */
  static int forget(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate();
    }
  }

  /** The database's time, which all nodes share. */
  static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
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
