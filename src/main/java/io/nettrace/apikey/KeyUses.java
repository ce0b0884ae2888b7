package io.nettrace.apikey;

import static io.nettrace.platform.Columns.utc;

import io.nettrace.apikey.OwnedKey.Use;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Notes when keys are used, and writes it down later, many at once. */
final class KeyUses {
  static final long NOTED_EVERY_MILLIS = 60_000;

  private static final Logger LOG = System.getLogger(KeyUses.class.getName());

  // in the order of ids, so that nodes that write at the same time do not block each other
  private static final String WRITE =
      """
      insert into platform.api_key_uses as known (key_id, tenant_id, used_at, used_from)
      select u.id, k.tenant_id, u.used_at, u.used_from
      from unnest(?::uuid[], ?::timestamptz[], ?::text[]) u (id, used_at, used_from)
      join platform.api_keys k on k.id = u.id
      order by u.id
      on conflict (key_id) do update set used_at = excluded.used_at, used_from = excluded.used_from
      where known.used_at < excluded.used_at
      """;

  private final Database database;
  private final Map<UUID, Use> noted = new ConcurrentHashMap<>();

  KeyUses(Database database) {
    this.database = database;
  }

  /** Once a minute for each key; everybody else finds that it was noted already. */
  void note(KnownKeys.Entry entry, long nowMillis, Supplier<InetAddress> from) {
    if (entry.isUseToBeNoted(nowMillis, NOTED_EVERY_MILLIS)) {
      String address = from.get().getHostAddress();
      noted.put(entry.key().id(), new Use(Instant.ofEpochMilli(nowMillis), address));
    }
  }

  /** What cannot be written now is written next time, unless the key was used again. */
  synchronized void write() {
    Map<UUID, Use> taken = new TreeMap<>(noted);
    if (taken.isEmpty()) {
      return;
    }
    try {
      int _ = database.run(connection -> write(connection, taken));
      taken.forEach(noted::remove);
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "the use of keys is written later: {0}", e.getMessage());
    }
  }

  private static int write(Connection connection, Map<UUID, Use> uses) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
      insert.setArray(1, connection.createArrayOf("uuid", uses.keySet().toArray()));
      insert.setArray(
          2,
          connection.createArrayOf(
              "timestamptz", uses.values().stream().map(use -> utc(use.at())).toArray()));
      insert.setArray(
          3, connection.createArrayOf("text", uses.values().stream().map(Use::address).toArray()));
      return insert.executeUpdate();
    }
  }
}
