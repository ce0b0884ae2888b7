package io.nettrace.route;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.sample.Position;
import io.nettrace.sample.Records;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The changes of route in the record. */
@Service
public class RouteChanges {
  private static final String COLUMNS =
      """
      target_id, target_host, vantage_point, simulated, observed_at, confirmed_at, method, mode,
      host(address) as address, kind, hash_before, hash_after, path_before, path_after,
      as_path_before, as_path_after, rtt_before, rtt_after, effect_known_at,
      extract(epoch from effect_reach)::bigint as effect_reach_seconds, bursts_before, bursts_after,
      sent_before, sent_after, received_before, received_after, p50_before, p50_after, ipdv_before,
      ipdv_after,\
      """
          + EventQuery.KNOWN_AT;
  private static final EventQuery EVENTS =
      new EventQuery(
          COLUMNS,
          "route_changes",
          "observed_at",
          "target_id || '|' || vantage_point || '|' || method || '|' || host(address)");
  private static final String PAGE =
      "select "
          + COLUMNS
          + ", "
          + EVENTS.key()
          + " as position_key from route_changes"
          + " where target_id = :target_id and vantage_point = :vantage_point"
          + " and observed_at >= :start and observed_at < :end";
  private static final String ORDER = " order by observed_at, method, host(address) limit :limit";
  private static final Sql FIRST_PAGE = Sql.of(PAGE + ORDER);
  private static final Sql PAGE_AFTER =
      Sql.of(
          PAGE
              + " and (observed_at, method, host(address))"
              + " > (:after, :after_method, host(:after_address::inet))"
              + ORDER);

  private final Records records;

  @Inject
  RouteChanges(Records records) {
    this.records = records;
  }

  /** At most {@code limit} changes, the oldest first, after {@code position} if there is one. */
  public List<RecordedChange> list(EventRange range, Optional<EventPosition> position, int limit) {
    return records.run(
        range.whose(),
        connection ->
            EVENTS.oldestFirst(range, position, limit).all(connection, RouteChanges::change));
  }

  /** At most {@code limit} changes of one target from one vantage point, the oldest first. */
  public List<RecordedChange> list(Selection selection, Optional<Position> position, int limit) {
    Sql query =
        position
            .map(RouteChanges::pageAfter)
            .orElse(FIRST_PAGE)
            .bind("target_id", selection.targetId())
            .bind("vantage_point", selection.vantagePoint())
            .bind("start", selection.start())
            .bind("end", selection.end())
            .bind("limit", limit);
    return records.run(
        selection.whose(), connection -> query.all(connection, RouteChanges::change));
  }

  public Optional<RecordedChange> newest(Selection selection) {
    EventRange range =
        new EventRange(
            selection.whose(),
            Optional.of(selection.targetId()),
            Optional.of(selection.vantagePoint()),
            selection.start(),
            selection.end());
    return records
        .run(
            range.whose(),
            connection -> EVENTS.newestFirst(range, 1).all(connection, RouteChanges::change))
        .stream()
        .findFirst();
  }

  private static Sql pageAfter(Position last) {
    return PAGE_AFTER
        .bind("after", last.observedAt())
        .bind("after_method", last.method())
        .bind("after_address", last.address());
  }

  private static RecordedChange change(ResultSet row) throws SQLException {
    return new RecordedChange(
        row.getString("target_id"),
        row.getString("target_host"),
        row.getString("vantage_point"),
        row.getBoolean("simulated"),
        Columns.time(row, "observed_at"),
        Columns.time(row, "confirmed_at"),
        Columns.time(row, "known_at"),
        Columns.constant(row, "method", Protocol.class),
        Columns.constant(row, "mode", ProbeMode.class),
        InetAddress.ofLiteral(row.getString("address")),
        Columns.constant(row, "kind", RouteChange.Kind.class),
        row.getString("hash_before"),
        row.getString("hash_after"),
        RouteStateJson.hops(row.getString("path_before")),
        RouteStateJson.hops(row.getString("path_after")),
        asns(row, "as_path_before"),
        asns(row, "as_path_after"),
        Columns.number(row, "rtt_before"),
        Columns.number(row, "rtt_after"),
        effect(row),
        new EventPosition(Columns.time(row, "observed_at"), row.getString("position_key")));
  }

  private static Optional<ChangeEffect> effect(ResultSet row) throws SQLException {
    Optional<Instant> knownAt = Columns.optionalTime(row, "effect_known_at");
    if (knownAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChangeEffect(
            knownAt.get(),
            Duration.ofSeconds(row.getLong("effect_reach_seconds")),
            window(row, "before"),
            window(row, "after")));
  }

  private static BurstWindow window(ResultSet row, String side) throws SQLException {
    return new BurstWindow(
        row.getInt("bursts_" + side),
        row.getLong("sent_" + side),
        row.getLong("received_" + side),
        Columns.number(row, "p50_" + side),
        Columns.number(row, "ipdv_" + side));
  }

  private static List<Long> asns(ResultSet row, String column) throws SQLException {
    return Arrays.asList((Long[]) row.getArray(column).getArray());
  }
}
