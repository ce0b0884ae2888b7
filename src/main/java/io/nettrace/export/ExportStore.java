package io.nettrace.export;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of exports. A run of an export's job writes while its token stands in {@code
 * claimed_by}; the run that begins last has it. Whole files stay, the one that was being written
 * begins anew.
 */
final class ExportStore {
  static final int PIECE_BYTES = 1 << 20;

  private static final String COLUMNS =
      "select id, tenant_id, state, ordered_at, range_start, range_end, as_of, vantage_point,"
          + " simulated, format, compression, estimated, failure, started_at, finished_at,"
          + " expires_at, coalesce(case when state = 'DONE' then (select sum(f.bytes) from"
          + " platform.export_files f where f.export_id = exports.id) else (select"
          + " sum(octet_length(p.content)) from platform.export_pieces p where p.export_id ="
          + " exports.id) end, 0) as written from platform.exports";
  private static final Sql FIND = Sql.of(COLUMNS + " where tenant_id = :tenant_id and id = :id");
  private static final Sql LIST =
      Sql.of(
          COLUMNS
              + " where tenant_id = :tenant_id and (:before::uuid is null or id < :before::uuid)"
              + " order by id desc limit :limit");
  private static final Sql FILES =
      Sql.of(
          "select export_id, position, target_id, own, host, name, row_count, bytes, sha256"
              + " from platform.export_files where export_id = any (:exports)"
              + " order by export_id, position");

  private static final Sql INSERT =
      Sql.of(
          """
          insert into platform.exports
            (id, tenant_id, ordered_at, range_start, range_end, as_of, vantage_point, simulated, format,
             compression, estimated, state)
          values (:id, :tenant_id, :ordered_at, :range_start, :range_end, :as_of, :vantage_point,
            :simulated, :format, :compression, :estimated, 'QUEUED')
          """);
  private static final Sql INSERT_FILE =
      Sql.of(
          """
          insert into platform.export_files (export_id, tenant_id, position, target_id, own, host, name)
          values (:export_id, :tenant_id, :position, :target_id, :own, :host, :name)
          """);

  /** What is kept, and what is still to come; orders wait here for one another. */
  private static final Sql TOTAL =
      Sql.of(
          """
          select coalesce(sum(bytes), 0) as kept,
            coalesce(sum(bytes) filter (where tenant_id = :tenant_id), 0) as of_tenant
          from (
            select e.tenant_id, case when e.state = 'DONE'
                then (select sum(f.bytes) from platform.export_files f where f.export_id = e.id)
                else e.estimated end as bytes
            from platform.exports e where e.state in ('QUEUED', 'RUNNING', 'DONE')) kept
          """);

  private static final Sql BEGIN =
      Sql.of(
          """
          with before as (
            select id, state from platform.exports
            where id = :id and state in ('QUEUED', 'RUNNING', 'FAILED') for update)
          update platform.exports e set
            state = 'RUNNING', claimed_by = :run, claimed_until = null, failure = null,
            finished_at = null, expires_at = null, started_at = coalesce(e.started_at, :now)
          from before b where b.id = e.id returning b.state = 'FAILED' as anew
          """);
  private static final Sql FILES_ANEW =
      Sql.of(
          """
          update platform.export_files
          set row_count = null, bytes = null, sha256 = null, done_at = null where export_id = :id
          """);
  private static final Sql UNDERWAY =
      Sql.of(
          "select id, tenant_id from platform.exports where state in ('QUEUED', 'RUNNING') order by"
              + " id");
  private static final Sql WAITING =
      Sql.of(
          "select count(*) as waiting from platform.exports where state in ('QUEUED', 'RUNNING')");
  private static final Sql OURS =
      Sql.of(
          """
          select 1 from platform.exports
          where id = :id and claimed_by = :run and state = 'RUNNING' for update
          """);
  private static final Sql GIVE_UP =
      Sql.of(
          """
          update platform.exports set state = 'FAILED', failure = :failure, finished_at = :finished_at
          where id = :id and state in ('QUEUED', 'RUNNING')
          """);
  private static final Sql END =
      Sql.of(
          """
          update platform.exports set state = :state, failure = :failure, finished_at = :finished_at,
            expires_at = :expires_at
          where id = :id and claimed_by = :run and state = 'RUNNING'
          """);
  private static final Sql CANCEL =
      Sql.of(
          """
          update platform.exports set
            state = case when state in ('QUEUED', 'RUNNING', 'DONE') then 'CANCELLED' else state end,
            finished_at = coalesce(finished_at, :now)
          where tenant_id = :tenant_id and id = :id
          """);
  private static final Sql DROP =
      Sql.of(
          """
          update platform.exports set state = 'CANCELLED', finished_at = :now
          where id = :id and state in ('QUEUED', 'RUNNING')
          """);
  private static final Sql EXPIRE =
      Sql.of(
          """
          update platform.exports set state = 'EXPIRED'
          where state = 'DONE' and expires_at < :now returning id
          """);

  private static final Sql APPEND =
      Sql.of(
          """
          insert into platform.export_pieces (export_id, tenant_id, position, piece, content)
          values (:export_id, (select tenant_id from platform.exports where id = :export_id),
            :position, :piece, :content)
          """);
  private static final Sql END_FILE =
      Sql.of(
          """
          update platform.export_files
          set row_count = :row_count, bytes = :bytes, sha256 = :sha256, done_at = :done_at
          where export_id = :export_id and position = :position
          """);
  private static final Sql PIECE =
      Sql.of(
          """
          select content from platform.export_pieces
          where export_id = :export_id and position = :position and piece = :piece
          """);

  private ExportStore() {}

  /** Bytes that are kept or to come, of everybody and of one tenant. */
  record Kept(long all, long ofTenant) {}

  static int waiting(Connection connection) throws SQLException {
    return WAITING.first(connection, row -> row.getInt("waiting")).orElseThrow();
  }

  static Kept lockedTotal(Connection connection, UUID tenantId) throws SQLException {
    Sql.of("lock table platform.exports in share row exclusive mode").update(connection);
    return TOTAL
        .bind("tenant_id", tenantId)
        .first(connection, row -> new Kept(row.getLong("kept"), row.getLong("of_tenant")))
        .orElseThrow();
  }

  static void insert(Connection connection, UUID id, ExportOrder order, long estimated, Instant now)
      throws SQLException {
    INSERT
        .bind("id", id)
        .bind("tenant_id", order.tenant().id())
        .bind("ordered_at", now)
        .bind("range_start", order.start())
        .bind("range_end", order.end())
        .bind("as_of", order.asOf())
        .bind("vantage_point", order.vantagePoint())
        .bind("simulated", order.simulated())
        .bind("format", order.format())
        .bind("compression", order.compression())
        .bind("estimated", estimated)
        .update(connection);
    List<Sql> files = new ArrayList<>();
    for (ExportOrder.Item target : order.targets()) {
      files.add(
          INSERT_FILE
              .bind("export_id", id)
              .bind("tenant_id", order.tenant().id())
              .bind("position", files.size())
              .bind("target_id", target.targetId())
              .bind("own", target.own())
              .bind("host", target.host())
              .bind("name", order.fileName(target)));
    }
    Sql.batch(connection, files);
  }

  static Optional<Export> find(Connection connection, UUID tenantId, UUID id) throws SQLException {
    return read(connection, FIND.bind("tenant_id", tenantId).bind("id", id)).stream().findFirst();
  }

  static List<Export> list(Connection connection, UUID tenantId, Optional<UUID> before, int limit)
      throws SQLException {
    return read(
        connection, LIST.bind("tenant_id", tenantId).bind("before", before).bind("limit", limit));
  }

  /** False when there is nothing to make: it is done, cancelled or gone. */
  static boolean begin(Connection transaction, UUID id, UUID run, Instant now) throws SQLException {
    Optional<Boolean> anew =
        BEGIN
            .bind("id", id)
            .bind("run", run)
            .bind("now", now)
            .first(transaction, row -> row.getBoolean("anew"));
    if (anew.orElse(false)) {
      FILES_ANEW.bind("id", id).update(transaction);
    }
    return anew.isPresent();
  }

  /** Orders that are not made yet, in the order in which they came. */
  static List<ExportRunner.ExportJob> underway(Connection connection) throws SQLException {
    return UNDERWAY.all(
        connection,
        row -> new ExportRunner.ExportJob(Columns.uuid(row, "id"), Columns.uuid(row, "tenant_id")));
  }

  /** False when the export was cancelled, or another run has begun. */
  static boolean isOurs(Connection transaction, UUID id, UUID run) throws SQLException {
    return OURS.bind("id", id).bind("run", run).any(transaction);
  }

  /** Ends one that is not made; one that is done stays as it is. */
  static void giveUp(Connection transaction, UUID id, String failure, Instant now)
      throws SQLException {
    if (GIVE_UP.bind("id", id).bind("failure", failure).bind("finished_at", now).update(transaction)
        == 1) {
      throwAway(transaction, id);
    }
  }

  /** The same when its job is dropped. */
  static void drop(Connection transaction, UUID id, Instant now) throws SQLException {
    if (DROP.bind("id", id).bind("now", now).update(transaction) == 1) {
      throwAway(transaction, id);
    }
  }

  /** Nothing if the export was cancelled, or another run has begun. */
  static void end(
      Connection transaction,
      UUID id,
      UUID run,
      Export.State state,
      @Nullable String failure,
      Instant now,
      Instant expires)
      throws SQLException {
    boolean ours =
        END.bind("state", state)
                .bind("failure", failure)
                .bind("finished_at", now)
                .bind("expires_at", expires)
                .bind("id", id)
                .bind("run", run)
                .update(transaction)
            == 1;
    if (ours && state != Export.State.DONE) {
      throwAway(transaction, id);
    }
  }

  static boolean cancel(Connection connection, UUID tenantId, UUID id, Instant now)
      throws SQLException {
    boolean found =
        CANCEL.bind("now", now).bind("tenant_id", tenantId).bind("id", id).update(connection) == 1;
    if (found) {
      throwAway(connection, id);
    }
    return found;
  }

  static void expire(Connection connection, Instant now) throws SQLException {
    for (UUID id : EXPIRE.bind("now", now).all(connection, row -> Columns.uuid(row, "id"))) {
      throwAway(connection, id);
    }
  }

  private static void throwAway(Connection connection, UUID id) throws SQLException {
    Sql.of("delete from platform.export_pieces where export_id = :export_id")
        .bind("export_id", id)
        .update(connection);
  }

  static void beginFile(Connection connection, ExportFile file) throws SQLException {
    Sql.of(
            "delete from platform.export_pieces"
                + " where export_id = :export_id and position = :position")
        .bind("export_id", file.exportId())
        .bind("position", file.position())
        .update(connection);
  }

  static void append(Connection connection, ExportFile file, int piece, byte[] content)
      throws SQLException {
    APPEND
        .bind("export_id", file.exportId())
        .bind("position", file.position())
        .bind("piece", piece)
        .bind("content", content)
        .update(connection);
  }

  static void endFile(
      Connection connection, ExportFile file, long rows, long bytes, byte[] sha256, Instant now)
      throws SQLException {
    END_FILE
        .bind("row_count", rows)
        .bind("bytes", bytes)
        .bind("sha256", sha256)
        .bind("done_at", now)
        .bind("export_id", file.exportId())
        .bind("position", file.position())
        .update(connection);
  }

  static Optional<byte[]> piece(Connection connection, ExportFile file, int piece)
      throws SQLException {
    return PIECE
        .bind("export_id", file.exportId())
        .bind("position", file.position())
        .bind("piece", piece)
        .first(connection, row -> row.getBytes("content"));
  }

  /** Two statements, however many exports there are. */
  private static List<Export> read(Connection connection, Sql query) throws SQLException {
    List<Export> exports = query.all(connection, ExportStore::export);
    if (exports.isEmpty()) {
      return exports;
    }
    Map<UUID, List<ExportFile>> files =
        FILES
            .bindArray("exports", "uuid", exports.stream().map(Export::id).toList())
            .all(connection, ExportStore::file)
            .stream()
            .collect(Collectors.groupingBy(ExportFile::exportId));
    return exports.stream()
        .map(export -> export.with(files.getOrDefault(export.id(), List.of())))
        .toList();
  }

  private static Export export(ResultSet row) throws SQLException {
    return new Export(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "tenant_id"),
        Columns.constant(row, "state", Export.State.class),
        Columns.time(row, "ordered_at"),
        Columns.time(row, "range_start"),
        Columns.time(row, "range_end"),
        Columns.time(row, "as_of"),
        row.getString("vantage_point"),
        row.getBoolean("simulated"),
        Columns.constant(row, "format", Format.class),
        Columns.constant(row, "compression", Compression.class),
        row.getLong("estimated"),
        row.getLong("written"),
        Columns.optionalText(row, "failure"),
        Columns.optionalTime(row, "started_at"),
        Columns.optionalTime(row, "finished_at"),
        Columns.optionalTime(row, "expires_at"),
        List.of());
  }

  private static ExportFile file(ResultSet row) throws SQLException {
    byte[] sha256 = row.getBytes("sha256");
    return new ExportFile(
        Columns.uuid(row, "export_id"),
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
}
