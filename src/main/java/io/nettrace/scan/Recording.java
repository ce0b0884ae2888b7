package io.nettrace.scan;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** One scan on its way into the record: the open transaction, and what to do once it committed. */
public final class Recording {
  private final Connection transaction;
  private final AcceptedScan scan;
  private final List<Runnable> afterCommit = new ArrayList<>();

  public Recording(Connection transaction, AcceptedScan scan) {
    this.transaction = transaction;
    this.scan = scan;
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
