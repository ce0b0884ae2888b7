package io.nettrace.platform.crypto;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A data key for each tenant and one for what belongs to none, wrapped by the installation's. */
@Service
public class DataKeys {
  private static final Logger LOG = System.getLogger(DataKeys.class.getName());
  private static final int MOST_CACHED = 1_000;
  private static final int BATCH = 100;
  private static final Duration CACHED = Duration.ofMinutes(1);
  private static final Duration REWRAP_EVERY = Duration.ofHours(1);

  private static final String SELECT =
      "select id, tenant_id, wrapped, wrapped_by from platform.data_keys ";
  private static final Sql OF_TENANT =
      Sql.of(SELECT + "where tenant_id is not distinct from :tenant_id::uuid");
  private static final Sql BY_ID = Sql.of(SELECT + "where id = :id");
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.data_keys (id, tenant_id, wrapped, wrapped_by, created_at)
          values (:id, :tenant_id, :wrapped, :wrapped_by, :created_at) on conflict do nothing
          """);
  private static final Sql WRAPPED_OTHERWISE =
      Sql.of(
          SELECT
              + """
              where wrapped_by <> :current and wrapped_by = any (:known) order by id limit :most
              for update skip locked
              """);
  private static final Sql REWRAP =
      Sql.of(
          """
          update platform.data_keys set wrapped = :wrapped, wrapped_by = :wrapped_by where id = :id
          """);
  private static final Sql SHRED =
      Sql.of("delete from platform.data_keys where tenant_id = :tenant_id");

  private final Database database;
  private final InstallationKeys keys;
  private final Clock clock;
  private final Map<UUID, Cached> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Cached> eldest) {
          return size() > MOST_CACHED;
        }
      };

  /** A key that is unwrapped. */
  record DataKey(UUID id, Optional<UUID> tenantId, SealKey key) {}

  private record Cached(DataKey key, Instant until) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(UUID id, Optional<UUID> tenantId, byte[] wrapped, String wrappedBy) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          Columns.uuid(row, "id"),
          Columns.optionalUuid(row, "tenant_id"),
          row.getBytes("wrapped"),
          row.getString("wrapped_by"));
    }
  }

  @Inject
  public DataKeys(Database database, InstallationKeys keys, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    chores.every(REWRAP_EVERY, "wrapping data keys with the installation's key", this::rewrap);
  }

  /** The key to seal with; made at its first use, for good if the transaction commits. */
  DataKey of(Tx tx, Optional<UUID> tenantId) throws SQLException {
    Connection transaction = tx.connection();
    Optional<Row> found = OF_TENANT.bind("tenant_id", tenantId).first(transaction, Row::of);
    if (found.isEmpty()) {
      add(transaction, tenantId);
      found = OF_TENANT.bind("tenant_id", tenantId).first(transaction, Row::of);
    }
    Row row = found.orElseThrow(() -> new IllegalStateException("the data key was shredded"));
    return remembered(tx, unwrap(row).orElseThrow(() -> unknownKey(row)));
  }

  /** The key that sealed a value; empty when it was shredded or is wrapped by an unknown key. */
  Optional<DataKey> find(Tx tx, UUID id) throws SQLException {
    Optional<DataKey> cached = cached(id);
    if (cached.isPresent()) {
      return cached;
    }
    Optional<DataKey> read =
        BY_ID.bind("id", id).first(tx.connection(), Row::of).flatMap(this::unwrap);
    return read.map(key -> remembered(tx, key));
  }

  /** Removes a tenant's key: what it sealed opens nowhere any more, once the caches are over. */
  public void shred(Tx tx, UUID tenantId) throws SQLException {
    int _ = SHRED.bind("tenant_id", tenantId).update(tx.connection());
    tx.afterCommit(() -> forget(tenantId));
  }

  /** Wraps with the installation's present key what an earlier one wrapped. */
  void rewrap() {
    while (database.transaction(this::rewrapSome) == BATCH) {}
  }

  private int rewrapSome(Tx tx) throws SQLException {
    List<Row> rows =
        WRAPPED_OTHERWISE
            .bind("current", keys.current().id())
            .bindArray("known", "text", keys.ids())
            .bind("most", BATCH)
            .all(tx.connection(), Row::of);
    for (Row row : rows) {
      byte[] plain = plain(row).orElseThrow(() -> unknownKey(row));
      int _ =
          REWRAP
              .bind("id", row.id())
              .bind(
                  "wrapped", keys.current().key().seal(associated(row.id(), row.tenantId()), plain))
              .bind("wrapped_by", keys.current().id())
              .update(tx.connection());
    }
    if (!rows.isEmpty()) {
      LOG.log(Level.INFO, "{0} data keys are wrapped with the installation''s key", rows.size());
    }
    return rows.size();
  }

  private void add(Connection transaction, Optional<UUID> tenantId) throws SQLException {
    Instant now = clock.instant();
    UUID id = TimeOrderedId.at(now);
    byte[] plain = RandomBytes.of(SealKey.BYTES);
    int _ =
        ADD.bind("id", id)
            .bind("tenant_id", tenantId)
            .bind("wrapped", keys.current().key().seal(associated(id, tenantId), plain))
            .bind("wrapped_by", keys.current().id())
            .bind("created_at", now)
            .update(transaction);
  }

  private Optional<DataKey> unwrap(Row row) {
    return plain(row).map(key -> new DataKey(row.id(), row.tenantId(), SealKey.of(key)));
  }

  private Optional<byte[]> plain(Row row) {
    return keys.find(row.wrappedBy())
        .flatMap(
            wrapping -> wrapping.key().open(associated(row.id(), row.tenantId()), row.wrapped()));
  }

  private static byte[] associated(UUID id, Optional<UUID> tenantId) {
    byte[] tenant = tenantId.map(UUID::toString).orElse("").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 * Long.BYTES + tenant.length)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put(tenant)
        .array();
  }

  private static IllegalStateException unknownKey(Row row) {
    return new IllegalStateException(
        "the data key "
            + row.id()
            + " is wrapped by a key of the installation that this node does not have; set"
            + " nettrace.crypto.key or nettrace.crypto.previous-key");
  }

  private Optional<DataKey> cached(UUID id) {
    synchronized (cache) {
      return Optional.ofNullable(cache.get(id))
          .filter(one -> clock.instant().isBefore(one.until()))
          .map(Cached::key);
    }
  }

  /** Only what is committed is remembered. */
  private DataKey remembered(Tx tx, DataKey key) {
    Instant until = clock.instant().plus(CACHED);
    tx.afterCommit(
        () -> {
          synchronized (cache) {
            cache.put(key.id(), new Cached(key, until));
          }
        });
    return key;
  }

  private void forget(UUID tenantId) {
    synchronized (cache) {
      cache.values().removeIf(one -> one.key().tenantId().filter(tenantId::equals).isPresent());
    }
  }
}
