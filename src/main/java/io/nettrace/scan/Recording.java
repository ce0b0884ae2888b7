package io.nettrace.scan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** One scan on its way into a record: in an open transaction of that record. */
public final class Recording {
  private final RecordOf whose;
  private final Tx tx;
  private final Tx whole;
  private final AcceptedScan scan;

  /** Into the catalogue's. */
  public Recording(Tx tx, AcceptedScan scan) {
    this(RecordOf.CATALOGUE, tx, scan);
  }

  /** {@code tx} is one of the record {@code whose}. */
  public Recording(RecordOf whose, Tx tx, AcceptedScan scan) {
    this(whose, tx, tx, scan);
  }

  /** A part of what {@code whole} stores, in another database: what follows waits for both. */
  Recording(RecordOf whose, Tx tx, Tx whole, AcceptedScan scan) {
    this.whose = whose;
    this.tx = tx;
    this.whole = whole;
    this.scan = scan;
  }

  public RecordOf whose() {
    return whose;
  }

  public Connection connection() {
    return tx.connection();
  }

  /** Whose record it is; empty for the catalogue's. */
  public Optional<UUID> tenant() {
    return switch (whose) {
      case RecordOf.Catalogue _ -> Optional.empty();
      case RecordOf.Own(var tenant) -> Optional.of(tenant.id());
    };
  }

  /** Keeps what happened, with the scan: the scanner did it. */
  public void publish(DomainEvent event) throws SQLException {
    tx.publish(new Actor.Scanner(scan.vantagePoint().name()), event);
  }

  public AcceptedScan scan() {
    return scan;
  }

  /** For what must not happen when the transaction fails, such as moving on a state in memory. */
  public void afterCommit(Runnable action) {
    if (tx == whole) {
      tx.afterCommit(action);
    } else {
      tx.afterCommit(() -> whole.afterCommit(action));
    }
  }
}
