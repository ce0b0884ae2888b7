package io.nettrace.platform.job;

/** Where in its life a job is; one that was done is no longer there. */
public enum JobState {
  /** Until it is due, until a thread is free, or until the next attempt. */
  WAITING,
  RUNNING,
  /** Given up, until an operator replays or drops it. */
  DEAD
}
