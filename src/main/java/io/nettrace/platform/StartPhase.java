package io.nettrace.platform;

/**
 * Phases of the start, in their order: the values of {@code @Priority} on observers of {@link
 * DatabaseReady}. Within a phase the order is not defined. An observer without a priority comes
 * after {@link #SERVE} and before {@link #CHORES}.
 */
public final class StartPhase {
  /** Schemas of tenants are brought up to date. */
  public static final int SCHEMAS = 100;

  /** Which tenants there are is known. */
  public static final int TENANTS = 200;

  /** What is looked up in memory is read. */
  public static final int CACHES = 300;

  /** Caches begin to follow the database; the demo tenant is there. */
  public static final int FOLLOW = 400;

  /** What calls need is there: quota counts, the demo key is valid. */
  public static final int SERVE = 500;

  /** Chores, jobs and signals begin: whatever they use is there. */
  public static final int CHORES = 3500;

  private StartPhase() {}
}
