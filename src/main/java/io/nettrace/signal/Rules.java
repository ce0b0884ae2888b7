package io.nettrace.signal;

/** How much must be seen before something is called a deviation. */
final class Rules {
  /** Bursts that make the recent past, and how few of them are enough to judge by. */
  static final int PAST = 30;

  static final int ENOUGH = 10;

  /** So many of the newest bursts must agree. */
  static final int VOTES_NEEDED = 3;

  static final int VOTES = 5;

  /** After so many bursts a new level is the usual one. */
  static final int SETTLED_AFTER = 60;

  /** A delay must differ by so many median absolute deviations … */
  static final double SPREADS = 8;

  /** … and by this share of the median, and by this much, whatever the spread. */
  static final double SHARE_OF_MEDIAN = 0.05;

  static final long LEAST_NANOS = 500_000;

  /** Within this share of what opened it, a delay is as it was before. */
  static final double RETURNED_SHARE = 0.5;

  /** Loss must rise by this much, 0–1 … */
  static final double LEAST_LOSS_STEP = 0.1;

  /** … and by so many standard deviations of what chance alone makes of the past's loss. */
  static final double LOSS_DEVIATIONS = 7;

  /** Loss over this many bursts says whether it is as before. */
  static final int LOSS_RETURN = 10;

  /** Bursts from which the state of a series can be rebuilt: a past, and a while that is open. */
  static final int REPLAY = 2 * PAST + 2 * SETTLED_AFTER;

  private Rules() {}
}
