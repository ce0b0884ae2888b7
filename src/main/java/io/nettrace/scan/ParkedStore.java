package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.PackedWire;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table platform.parked_parts. */
final class ParkedStore {
  private static final Sql WAITING =
      Sql.of(
          """
          select tenant_id, sum(bytes) as bytes from platform.parked_parts
          where tenant_id = any (:tenant_ids) group by tenant_id
          """);
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.parked_parts
            (tenant_id, spool, sequence, parked_at, measurements, bytes, reason, content)
          values
            (:tenant_id, :spool, :sequence, :parked_at, :measurements, :bytes, :reason, :content)
          on conflict do nothing
          """);
  private static final Sql NEXT =
      Sql.of(
          """
          select id, content from platform.parked_parts
          where tenant_id = :tenant_id and id > :after order by id limit 1 for update
          """);
  private static final Sql REMOVE = Sql.of("delete from platform.parked_parts where id = :id");
  private static final Sql NOTE =
      Sql.of("update platform.parked_parts set reason = :reason where id = :id");
  private static final Sql OLDEST =
      Sql.of(
          """
          select parked_at from platform.parked_parts
          where tenant_id = :tenant_id order by id limit 1
          """);
  private static final Sql TENANTS = Sql.of("select distinct tenant_id from platform.parked_parts");
  private static final Sql EXPIRE =
      Sql.of(
          """
          with expired as (
            delete from platform.parked_parts where id = any (array(
              select id from platform.parked_parts where parked_at < :before
              for update skip locked))
            returning tenant_id, measurements)
          select tenant_id, sum(measurements) as measurements from expired group by tenant_id
          """);
  private static final Sql FORGET =
      Sql.of("delete from platform.parked_parts where tenant_id = :tenant_id");
  private static final Sql BY_TENANT =
      Sql.of(
          """
          select tenant_id, count(*) as parts, sum(measurements) as measurements,
            sum(bytes) as bytes, min(parked_at) as oldest,
            (array_agg(reason order by id))[1] as reason
          from platform.parked_parts group by tenant_id order by min(parked_at), tenant_id
          """);

  private ParkedStore() {}

  /**
   * A row that is locked until the transaction ends.
   *
   * @param parcel empty when this release cannot read it
   */
  record Row(long id, Optional<Delivery> parcel) {}

  /** How many bytes of each tenant wait; those without any are not in it. */
  static Map<UUID, Long> waiting(Connection connection, Collection<UUID> tenantIds)
      throws SQLException {
    return WAITING
        .bindArray("tenant_ids", "uuid", tenantIds)
        .all(connection, row -> Map.entry(Columns.uuid(row, "tenant_id"), row.getLong("bytes")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void add(
      Connection transaction, UUID tenantId, OwnPart part, byte[] content, String reason)
      throws SQLException {
    int _ =
        ADD.bind("tenant_id", tenantId)
            .bind("spool", part.delivery().spool())
            .bind("sequence", part.delivery().sequence())
            .bind("parked_at", part.scan().knownAt())
            .bind("measurements", part.scan().accepted())
            .bind("bytes", content.length)
            .bind("reason", reason)
            .bind("content", content)
            .update(transaction);
  }

  /** The oldest of a tenant after the one with the number {@code after}. */
  static Optional<Row> next(Connection transaction, UUID tenantId, long after) throws SQLException {
    return NEXT.bind("tenant_id", tenantId)
        .bind("after", after)
        .first(transaction, row -> new Row(row.getLong("id"), parcel(row.getBytes("content"))));
  }

  private static Optional<Delivery> parcel(byte[] content) {
    try {
      return Optional.of(PackedWire.read(content, Delivery.class));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  static void remove(Connection transaction, long id) throws SQLException {
    int _ = REMOVE.bind("id", id).update(transaction);
  }

  static void note(Connection transaction, long id, String reason) throws SQLException {
    int _ = NOTE.bind("reason", reason).bind("id", id).update(transaction);
  }

  static Optional<Instant> oldest(Connection connection, UUID tenantId) throws SQLException {
    return OLDEST
        .bind("tenant_id", tenantId)
        .first(connection, row -> Columns.time(row, "parked_at"));
  }

  static Set<UUID> tenants(Connection connection) throws SQLException {
    return new HashSet<>(TENANTS.all(connection, row -> Columns.uuid(row, "tenant_id")));
  }

  /** How many measurements of each tenant are dropped. */
  static Map<UUID, Integer> expire(Connection transaction, Instant before) throws SQLException {
    return EXPIRE
        .bind("before", before)
        .all(
            transaction,
            row -> Map.entry(Columns.uuid(row, "tenant_id"), row.getInt("measurements")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void forget(Connection transaction, UUID tenantId) throws SQLException {
    int _ = FORGET.bind("tenant_id", tenantId).update(transaction);
  }

  static List<ParkedOfTenant> byTenant(Connection connection) throws SQLException {
    return BY_TENANT.all(
        connection,
        row ->
            new ParkedOfTenant(
                Columns.uuid(row, "tenant_id"),
                row.getLong("parts"),
                row.getLong("measurements"),
                row.getLong("bytes"),
                Columns.time(row, "oldest"),
                row.getString("reason")));
  }
}
