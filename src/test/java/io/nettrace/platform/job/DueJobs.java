package io.nettrace.platform.job;

/** Lets tests run jobs by hand, one after the other on their own thread. */
public final class DueJobs {
  private DueJobs() {}

  /** Runs what is due by the clock of {@code jobs}; tells how many it were. */
  public static int run(Jobs jobs) {
    return jobs.runDue();
  }
}
