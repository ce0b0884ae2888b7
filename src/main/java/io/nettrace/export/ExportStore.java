package io.nettrace.export;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables of exports. A node makes an export's files while it holds the claim; it renews the
 * claim with every piece it writes, by the database's clock. Whoever finds a claim that ran out
 * takes it over: whole files stay, the one that was being written begins anew.
 */
final class ExportStore {
  static final int PIECE_BYTES = 1 << 20;
  private static final Duration CLAIM = Duration.ofSeconds(20);

  private static final String COLUMNS =
      "select id, tenant_id, state, ordered_at, range_start, range_end, as_of, vantage_point,"
          + " simulated, format, compression, estimated, failure, started_at, finished_at,"
          + " expires_at, coalesce(case when state = 'DONE' then (select sum(f.bytes) from"
          + " platform.export_files f where f.export_id = exports.id) else (select"
          + " sum(octet_length(p.content)) from platform.export_pieces p where p.export_id ="
          + " exports.id) end, 0) as written from platform.exports";
  private static final String FILE_COLUMNS =
      "select export_id, position, target_id, own, host, name, row_count, bytes, sha256"
          + " from platform.export_files where export_id = ? order by position";

  private static final String INSERT =
      """
      insert into platform.exports
        (id, tenant_id, ordered_at, range_start, range_end, as_of, vantage_point, simulated, format,
         compression, estimated, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED')
      """;
  private static final String INSERT_FILE =
      """
      insert into platform.export_files (export_id, tenant_id, position, target_id, own, host, name)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  /** What is kept, and what is still to come; orders wait here for one another. */
  private static final String TOTAL =
      """
      select coalesce(sum(bytes), 0), coalesce(sum(bytes) filter (where tenant_id = ?), 0)
      from (
        select e.tenant_id, case when e.state = 'DONE'
            then (select sum(f.bytes) from platform.export_files f where f.export_id = e.id)
            else e.estimated end as bytes
        from platform.exports e where e.state in ('QUEUED', 'RUNNING', 'DONE')) kept
      """;

  /** Each tenant's oldest before anybody's second, so that nobody waits for one who orders much. */
  private static final String CLAIM_NEXT =
      """
      update platform.exports set
        state = 'RUNNING', claimed_by = ?, claimed_until = now() + make_interval(secs => ?),
        started_at = coalesce(started_at, ?)
      where id = (
        select e.id from platform.exports e
        where e.state = 'QUEUED' or (e.state = 'RUNNING' and e.claimed_until < now())
        order by
          (select count(*) from platform.exports o
            where o.tenant_id = e.tenant_id and o.id < e.id and o.state in ('QUEUED', 'RUNNING')),
          e.ordered_at
        limit 1 for update of e skip locked)
      returning tenant_id, id
      """;

  private static final String WAITING =
      "select count(*) from platform.exports where state in ('QUEUED', 'RUNNING')";
  private static final String RENEW =
      """
      update platform.exports set claimed_until = now() + make_interval(secs => ?)
      where id = ? and claimed_by = ? and state = 'RUNNING'
      """;
  private static final String END =
      """
      update platform.exports set state = ?, failure = ?, finished_at = ?, expires_at = ?
      where id = ? and claimed_by = ? and state = 'RUNNING'
      """;
  private static final String CANCEL =
      """
      update platform.exports set
        state = case when state in ('QUEUED', 'RUNNING', 'DONE') then 'CANCELLED' else state end,
        finished_at = coalesce(finished_at, ?)
      where tenant_id = ? and id = ?
      """;
  private static final String EXPIRE =
      """
      update platform.exports set state = 'EXPIRED'
      where state = 'DONE' and expires_at < ? returning id
      """;

  private ExportStore() {}

  /** Bytes that are kept or to come, of everybody and of one tenant. */
  record Kept(long all, long ofTenant) {}

  /** Which export a node makes. */
  record Claim(UUID tenantId, UUID id) {}

  static int waiting(Connection connection) throws SQLException {
    return Sql.of(WAITING).first(connection, row -> row.getInt(1)).orElseThrow();
  }

  static Kept lockedTotal(Connection connection, UUID tenantId) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("lock table platform.exports in share row exclusive mode")) {
      lock.execute();
    }
    try (PreparedStatement query = connection.prepareStatement(TOTAL)) {
      bind(query, tenantId);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Kept(row.getLong(1), row.getLong(2));
      }
    }
  }

  static void insert(Connection connection, UUID id, ExportOrder order, long estimated, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(
          insert,
          id,
          order.tenant().id(),
          time(now),
          time(order.start()),
          time(order.end()),
          time(order.asOf()),
          order.vantagePoint(),
          order.simulated(),
          order.format().name(),
          order.compression().name(),
          estimated);
      insert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_FILE)) {
      for (int i = 0; i < order.targets().size(); i++) {
        ExportOrder.Item target = order.targets().get(i);
        bind(
            insert,
            id,
            order.tenant().id(),
            i,
            target.targetId(),
            target.own(),
            target.host(),
            order.fileName(target));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static Optional<Export> find(Connection connection, UUID tenantId, UUID id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(COLUMNS + " where tenant_id = ? and id = ?")) {
      bind(query, tenantId, id);
      return read(connection, query).stream().findFirst();
    }
  }

  static List<Export> list(Connection connection, UUID tenantId, Optional<UUID> before, int limit)
      throws SQLException {
    String where = " where tenant_id = ?" + (before.isPresent() ? " and id < ?" : "");
    try (PreparedStatement query =
        connection.prepareStatement(COLUMNS + where + " order by id desc limit ?")) {
      if (before.isPresent()) {
        bind(query, tenantId, before.get(), limit);
      } else {
        bind(query, tenantId, limit);
      }
      return read(connection, query);
    }
  }

  static Optional<Claim> claim(Connection connection, UUID node, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CLAIM_NEXT)) {
      bind(update, node, CLAIM.toSeconds(), time(now));
      try (ResultSet row = update.executeQuery()) {
        return row.next()
            ? Optional.of(new Claim(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
            : Optional.empty();
      }
    }
  }

  /** False when the claim was lost: cancelled, or taken over. */
  static boolean renew(Connection connection, UUID id, UUID node) throws SQLException {
    return update(connection, RENEW, CLAIM.toSeconds(), id, node) == 1;
  }

  static void end(
      Connection connection,
      UUID id,
      UUID node,
      Export.State state,
      @Nullable String failure,
      Instant now,
      Instant expires)
      throws SQLException {
    update(connection, END, state.name(), failure, time(now), time(expires), id, node);
  }

  static boolean cancel(Connection connection, UUID tenantId, UUID id, Instant now)
      throws SQLException {
    boolean found = update(connection, CANCEL, time(now), tenantId, id) == 1;
    if (found) {
      throwAway(connection, id);
    }
    return found;
  }

  static void expire(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(EXPIRE)) {
      bind(update, time(now));
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          throwAway(connection, row.getObject(1, UUID.class));
        }
      }
    }
  }

  static void throwAway(Connection connection, UUID id) throws SQLException {
    update(connection, "delete from platform.export_pieces where export_id = ?", id);
  }

  static void beginFile(Connection connection, ExportFile file) throws SQLException {
    update(
        connection,
        "delete from platform.export_pieces where export_id = ? and position = ?",
        file.exportId(),
        file.position());
  }

  static void append(Connection connection, ExportFile file, int piece, byte[] content)
      throws SQLException {
    update(
        connection,
        "insert into platform.export_pieces (export_id, tenant_id, position, piece, content)"
            + " values (?, (select tenant_id from platform.exports where id = ?), ?, ?, ?)",
        file.exportId(),
        file.exportId(),
        file.position(),
        piece,
        content);
  }

  static void endFile(
      Connection connection, ExportFile file, long rows, long bytes, byte[] sha256, Instant now)
      throws SQLException {
    update(
        connection,
        "update platform.export_files set row_count = ?, bytes = ?, sha256 = ?, done_at = ?"
            + " where export_id = ? and position = ?",
        rows,
        bytes,
        sha256,
        time(now),
        file.exportId(),
        file.position());
  }

  static Optional<byte[]> piece(Connection connection, ExportFile file, int piece)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select content from platform.export_pieces"
                + " where export_id = ? and position = ? and piece = ?")) {
      bind(query, file.exportId(), file.position(), piece);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  private static List<Export> read(Connection connection, PreparedStatement query)
      throws SQLException {
    List<Export> exports = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        exports.add(export(row, files(connection, row.getObject("id", UUID.class))));
      }
    }
    return exports;
  }

  private static Export export(ResultSet row, List<ExportFile> files) throws SQLException {
    return new Export(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        Export.State.valueOf(row.getString("state")),
        instant(row, "ordered_at").orElseThrow(),
        instant(row, "range_start").orElseThrow(),
        instant(row, "range_end").orElseThrow(),
        instant(row, "as_of").orElseThrow(),
        row.getString("vantage_point"),
        row.getBoolean("simulated"),
        Format.valueOf(row.getString("format")),
        Compression.valueOf(row.getString("compression")),
        row.getLong("estimated"),
        row.getLong("written"),
        Optional.ofNullable(row.getString("failure")),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        instant(row, "expires_at"),
        files);
  }

  private static List<ExportFile> files(Connection connection, UUID id) throws SQLException {
    List<ExportFile> files = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FILE_COLUMNS)) {
      bind(query, id);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          files.add(file(row));
        }
      }
    }
    return files;
  }

  private static ExportFile file(ResultSet row) throws SQLException {
    byte[] sha256 = row.getBytes("sha256");
    return new ExportFile(
        row.getObject("export_id", UUID.class),
        row.getInt("position"),
        row.getString("target_id"),
        row.getBoolean("own"),
        row.getString("host"),
        row.getString("name"),
        sha256 == null
            ? Optional.empty()
            : Optional.of(
                ExportFile.Content.of(row.getLong("row_count"), row.getLong("bytes"), sha256)));
  }

  private static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, values);
      return update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
