package io.nettrace.scan;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** One scan on its way into a record: the open transaction, and what to do once it committed. */
public final class Recording {
  private final RecordOf whose;
  private final Connection transaction;
  private final AcceptedScan scan;
  private final List<Runnable> afterCommit = new ArrayList<>();

  /** Into the catalogue's. */
  public Recording(Connection transaction, AcceptedScan scan) {
    this(RecordOf.CATALOGUE, transaction, scan);
  }

  /** {@code transaction} is one of the record {@code whose}. */
  public Recording(RecordOf whose, Connection transaction, AcceptedScan scan) {
    this.whose = whose;
    this.transaction = transaction;
    this.scan = scan;
  }

  public RecordOf whose() {
    return whose;
  }

  public Connection transaction() {
    return transaction;
  }

  public AcceptedScan scan() {
    return scan;
  }

  /** For what must not happen when the transaction fails, such as moving on a state in memory. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  public void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
