package io.nettrace.platform.job;

/** Why a job was given up. */
public enum JobDeath {
  /** As many attempts failed as its type allows. */
  ATTEMPTS,
  /** Its handler said that no further attempt is of use. */
  REFUSED,
  /** Nodes died while they ran it, as often as its type allows attempts. */
  NODE_LOST
}
