package io.nettrace.platform.job;

import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Tx;
import java.sql.SQLException;

/**
 * Does the jobs of one type, each at least once: a node that dies, or is only thought dead, leaves
 * its job to another, so that a job may be done twice, and even twice at a time.
 */
@FunctionalInterface
public interface JobHandler<D> {

  /**
   * Any exception is an attempt that failed; only where a database is away, which {@link
   * DatabaseUnavailableException} tells, as such or as a cause, the job waits for it up to a day.
   *
   * @throws JobRefusedException when no further attempt is of use
   */
  void run(Job job, D data) throws Exception;

  /**
   * The job was given up; in the transaction that makes it a dead letter. Of its data nothing is
   * told, since it may be what cannot be read.
   */
  default void died(Tx tx, Job job, String failure) throws SQLException {}

  /** The job will not be done: cancelled or dropped by an operator, in that transaction. */
  default void dropped(Tx tx, Job job) throws SQLException {}
}
