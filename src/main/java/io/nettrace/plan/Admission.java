package io.nettrace.plan;

import java.time.Instant;

/** Whether a call may be answered now. */
public sealed interface Admission {
  /** It may; the ticket is given back when it was answered. */
  record Admitted(Ticket ticket) implements Admission {}

  /** The day's quota is used up until {@code resetAt}. */
  record DailyExhausted(long limit, Instant resetAt) implements Admission {}

  /** Too many calls in a moment. */
  record TooFast(long retryAfterMillis) implements Admission {}

  /** As many calls as may be answered at once are being answered. */
  record TooManyAtOnce(int limit) implements Admission {}

  /** The ledger cannot be asked, so nobody knows: not the caller's fault. */
  record Unavailable() implements Admission {}
}
