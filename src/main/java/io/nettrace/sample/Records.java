package io.nettrace.sample;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.TenantDatabase;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens the record that is asked for: the catalogue's, or a tenant's behind its walls. Statements
 * name tables without a schema, so that the same ones are right in each.
 */
@Service
public class Records {
  // of a table that only roll-ups write, so that no delivery waits
  private static final Sql SHARE = Sql.of("lock table burst_hours in row share mode");
  private static final Sql ALONE = Sql.of("lock table burst_hours in exclusive mode");

  /** Has a transaction wait only shortly for a lock, since others would wait behind it. */
  static final Sql NOT_LONG = Sql.of("set local lock_timeout = '2s'");

  private final Database database;
  private final TenantDatabase tenants;

  @Inject
  public Records(Database database, TenantDatabase tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  /** Statements that need not see one moment. */
  public <T> T run(RecordOf whose, Database.Work<T> work) {
    return switch (whose) {
      case RecordOf.Catalogue _ -> database.run(work);
      case RecordOf.Own own -> tenants.transaction(own.tenant(), tx -> work.run(tx.connection()));
    };
  }

  /** All or nothing. */
  public <T> T transaction(RecordOf whose, Tx.Work<T> work) {
    return switch (whose) {
      case RecordOf.Catalogue _ -> database.transaction(work);
      case RecordOf.Own own -> tenants.transaction(own.tenant(), work);
    };
  }

  /**
   * Queries that see the record at one moment as far as roll-ups go. Behind the walls, which are
   * queries themselves, it is too late for another isolation, so roll-ups wait instead; a burst
   * that is stored meanwhile is seen or not, once either way.
   */
  <T> T reading(RecordOf whose, Database.Work<T> work) {
    return transaction(
        whose,
        tx -> {
          switch (whose) {
            case RecordOf.Catalogue _ -> BurstReader.freeze(tx.connection());
            case RecordOf.Own _ -> SHARE.update(tx.connection());
          }
          return work.run(tx.connection());
        });
  }

  /**
   * Has those who read a tenant's record wait until the transaction ends. Fails rather than wait
   * long for one of them.
   */
  static void keepReadersOut(Connection transaction) throws SQLException {
    NOT_LONG.update(transaction);
    ALONE.update(transaction);
  }
}
