package io.nettrace.scan;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Stores a part of a delivery in its tenant's schema, in a transaction that also notes the
 * delivery's name, so that a part that comes again adds nothing.
 */
@Service
public class OwnRecord {
  /** A delivery with the parts of many must not wait long for the lock of one. */
  private static final Sql NOT_LONG = Sql.of("set local lock_timeout = '2s'");

  private static final Sql ENTER =
      Sql.of(
          """
          insert into delivered (spool, sequence, stored_at)
          values (:spool, :sequence, :stored_at) on conflict do nothing
          """);

  private final TenantDatabase walls;
  private final Recorder recorder;

  @Inject
  OwnRecord(TenantDatabase walls, Recorder recorder) {
    this.walls = walls;
    this.recorder = recorder;
  }

  /** False when it was stored before; what follows the commit waits for that of {@code whole}. */
  boolean store(Tx whole, Tenant tenant, OwnPart part) {
    return walls.transaction(
        tenant,
        tx -> {
          int _ = NOT_LONG.update(tx.connection());
          if (!enter(tx.connection(), part)) {
            return false;
          }
          recorder.record(new Recording(new RecordOf.Own(tenant), tx, whole, part.scan()));
          return true;
        });
  }

  private static boolean enter(Connection transaction, OwnPart part) throws SQLException {
    return ENTER
            .bind("spool", part.delivery().spool())
            .bind("sequence", part.delivery().sequence())
            .bind("stored_at", part.scan().knownAt())
            .update(transaction)
        == 1;
  }
}
