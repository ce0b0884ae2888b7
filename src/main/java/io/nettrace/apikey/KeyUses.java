package io.nettrace.apikey;

import io.nettrace.apikey.OwnedKey.Use;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Sql;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.sql.Connection;
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
  private static final Sql WRITE =
      Sql.of(
          """
          insert into platform.api_key_uses as known (key_id, tenant_id, used_at, used_from)
          select u.id, k.tenant_id, u.used_at, u.used_from
          from unnest(:ids::uuid[], :used_at::timestamptz[], :used_from::text[]) u (id, used_at,
            used_from)
          join platform.api_keys k on k.id = u.id
          order by u.id
          on conflict (key_id) do update set used_at = excluded.used_at, used_from = excluded.used_from
          where known.used_at < excluded.used_at
          """);

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
    return WRITE
        .bindArray("ids", "uuid", uses.keySet())
        .bindArray("used_at", "timestamptz", uses.values().stream().map(Use::at).toList())
        .bindArray("used_from", "text", uses.values().stream().map(Use::address).toList())
        .update(connection);
  }
}
