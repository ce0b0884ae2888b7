package io.nettrace.platform.job;

/** What came of an operator's wish. */
public enum JobChange {
  DONE,
  UNKNOWN,
  /** It runs now: nothing can be changed about it. */
  RUNNING,
  /** It waits to be run anyway. */
  WAITING,
  /** Another job of the same type and key waits or runs. */
  SAME_KEY
}
