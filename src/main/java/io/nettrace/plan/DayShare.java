package io.nettrace.plan;

/**
 * One node's share of a tenant's day: the rest of its slice, and what it has to report. Belongs to
 * a {@link Meter}, under whose lock all of it is.
 */
final class DayShare {
  /** Days since 1970-01-01, UTC. */
  final long day;

  /** Calls that may be admitted without asking the ledger. */
  long left;

  /**
   * Taken from the ledger for nothing: to be given back with the next report. Negative for what was
   * taken without asking: to be booked with it.
   */
  long spare;

  /** Admitted and not answered yet. */
  int inFlight;

  /** Answered and counted, not collected for a report yet. */
  long used;

  /** Turned away by a limit, not collected for a report yet. */
  long refused;

  /** What is in a report that the ledger has not confirmed. */
  long reporting;

  /** What all nodes have booked, as far as this one knows. */
  long booked;

  /** A report without a number that says so is on its way. */
  boolean inReport;

  /** Which notices the ledger has, one bit for each. */
  int noticed;

  DayShare(long day) {
    this.day = day;
  }

  /** What the tenant has used of the day, calls in the middle included. */
  long spent() {
    return booked + reporting + used + inFlight;
  }

  boolean isSettled() {
    return left == 0 && spare == 0 && inFlight == 0 && used == 0 && refused == 0 && !inReport;
  }

  /** Takes a call that the ledger need not be asked for, and hears of with the next report. */
  void takeUnasked() {
    left++;
    spare--;
  }

  /** Gives up all of the slice but {@code keep} calls. */
  void release(long keep) {
    long released = Math.max(0, left - keep);
    left -= released;
    spare += released;
  }

  /** The number only grows, whatever order answers come in. */
  void learn(long bookedInAll) {
    booked = Math.max(booked, bookedInAll);
  }
}
