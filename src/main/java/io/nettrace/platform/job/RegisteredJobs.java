package io.nettrace.platform.job;

import io.nettrace.platform.Tx;
import io.nettrace.platform.json.PlainJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * A type with its handler, and what this node does of it.
 *
 * @param room places for as many as may run on one node
 */
record RegisteredJobs<D>(
    JobType<D> type, JobHandler<D> handler, Semaphore room, LongAdder runs, LongAdder failures) {

  private static final Logger LOG = System.getLogger(RegisteredJobs.class.getName());

  static <D> RegisteredJobs<D> of(JobType<D> type, JobHandler<D> handler) {
    return new RegisteredJobs<>(
        type, handler, new Semaphore(type.mostPerNode()), new LongAdder(), new LongAdder());
  }

  void run(PickedJob picked) throws Exception {
    runs.increment();
    handler.run(picked.job(), data(picked));
  }

  /** Its handler does not hear of a job whose data cannot be read. */
  void died(Tx tx, PickedJob picked, String failure) throws SQLException {
    Optional<D> data = readable(picked);
    if (data.isPresent()) {
      handler.died(tx, picked.job(), data.get(), failure);
    }
  }

  /** The same. */
  void dropped(Tx tx, PickedJob picked) throws SQLException {
    Optional<D> data = readable(picked);
    if (data.isPresent()) {
      handler.dropped(tx, picked.job(), data.get());
    }
  }

  private Optional<D> readable(PickedJob picked) {
    try {
      return Optional.of(data(picked));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "{0} {1}: {2}", picked.type(), picked.key(), e.getMessage());
      return Optional.empty();
    }
  }

  private D data(PickedJob picked) {
    return PlainJson.read(picked.data(), type.data());
  }
}
