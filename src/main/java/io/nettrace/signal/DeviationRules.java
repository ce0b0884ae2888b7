package io.nettrace.signal;

/** How much must be seen before something is called a deviation. */
final class DeviationRules {
  /** Bursts that make the recent past, and how few of them are enough to judge by. */
  static final int PAST = 30;

  static final int ENOUGH = 10;

  /** So many of the newest delays must agree. */
  static final int DELAY_VOTES_NEEDED = 5;

  static final int DELAY_VOTES = 6;

  /** So many of the newest bursts must have lost something. */
  static final int LOSS_VOTES_NEEDED = 3;

  static final int LOSS_VOTES = 5;

  /** After so many bursts a new level of delay, or of loss, is the usual one. */
  static final int DELAY_SETTLED_AFTER = 20;

  static final int LOSS_SETTLED_AFTER = 60;

  /** A delay must differ by so many median absolute deviations, and by this much at least. */
  static final double SPREADS = 8;

  static final long LEAST_NANOS = 1_000_000;

  /** Within this share of what opened it, a delay is as it was before. */
  static final double RETURNED_SHARE = 0.5;

  /** Loss must rise by this much, 0–1 … */
  static final double LEAST_LOSS_STEP = 0.1;

  /** … and by so many standard deviations of what chance alone makes of the past's loss. */
  static final double LOSS_DEVIATIONS = 7;

  /** Loss over this many bursts says whether it is as before. */
  static final int LOSS_RETURN = 10;

  /** Bursts from which the state of a series can be rebuilt: a past, and a while that is open. */
  static final int REPLAY = 2 * PAST + 2 * LOSS_SETTLED_AFTER;

  private DeviationRules() {}
}
