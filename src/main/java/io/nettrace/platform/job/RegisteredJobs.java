package io.nettrace.platform.job;

import io.nettrace.platform.Tx;
import io.nettrace.platform.json.PlainJson;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * A type with its handler, and what this node does of it.
 *
 * @param room places for as many as may run on one node
 */
record RegisteredJobs<D>(
    JobType<D> type, JobHandler<D> handler, Semaphore room, LongAdder runs, LongAdder failures) {

  static <D> RegisteredJobs<D> of(JobType<D> type, JobHandler<D> handler) {
    return new RegisteredJobs<>(
        type, handler, new Semaphore(type.mostPerNode()), new LongAdder(), new LongAdder());
  }

  void run(PickedJob picked) throws Exception {
    runs.increment();
    handler.run(picked.job(), data(picked));
  }

  void died(Tx tx, PickedJob picked, String failure) throws SQLException {
    handler.died(tx, picked.job(), failure);
  }

  void dropped(Tx tx, PickedJob picked) throws SQLException {
    handler.dropped(tx, picked.job());
  }

  private D data(PickedJob picked) {
    return PlainJson.read(picked.data(), type.data());
  }
}
