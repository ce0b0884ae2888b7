package io.nettrace.platform.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import io.nettrace.platform.Database;
import io.nettrace.platform.FailureText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * A type of jobs as db-scheduler calls it. Its rows are settled by {@link JobRuns}; a job that
 * could not be settled, because the database was away, gets no heartbeat any more and is taken for
 * lost.
 */
final class JobTask extends OneTimeTask<byte[]> {
  private static final Logger LOG = System.getLogger(JobTask.class.getName());

  private final RegisteredJobs<?> jobs;
  private final JobRuns runs;
  private final Database database;

  JobTask(RegisteredJobs<?> jobs, JobRuns runs, Database database) {
    super(
        jobs.type().name(),
        byte[].class,
        (complete, _) ->
            LOG.log(
                Level.WARNING,
                "{0} {1} will be taken for lost: {2}",
                complete.getExecution().getTaskName(),
                complete.getExecution().getId(),
                complete.getCause().map(FailureText::of).orElse("unknown")),
        (complete, _) -> lost(jobs, runs, database, complete.getExecution()));
    this.jobs = jobs;
    this.runs = runs;
    this.database = database;
  }

  @Override
  public CompletionHandler<byte[]> execute(
      TaskInstance<byte[]> instance, ExecutionContext context) {
    picked(database, context.getExecution()).ifPresent(picked -> runs.run(jobs, picked));
    return (_, _) -> {};
  }

  @Override
  public void executeOnce(TaskInstance<byte[]> instance, ExecutionContext context) {
    throw new UnsupportedOperationException("its end would not be settled");
  }

  private static void lost(
      RegisteredJobs<?> jobs, JobRuns runs, Database database, Execution execution) {
    picked(database, execution).ifPresent(picked -> runs.lost(jobs, picked));
  }

  private static Optional<PickedJob> picked(Database database, Execution execution) {
    return database.run(
        c -> JobStore.find(c, execution.getTaskName(), execution.getId(), execution.version));
  }
}
