package io.nettrace.plan;

/**
 * What a tenant's limits are and how much is left, for the headers of an answer.
 *
 * @param unlimited {@code limit} is only what is fair
 * @param remaining of the day, calls that are being answered not included; never below 0
 * @param moment the limits of a moment
 */
public record QuotaState(
    long limit, boolean unlimited, long remaining, long secondsToReset, Moment moment) {

  /**
   * The limits of a moment as this node holds the tenant to them: the plan's, shared among the
   * living nodes.
   *
   * @param burst calls that may come at once after a pause
   * @param seconds whole seconds in which that many calls are always allowed
   * @param left calls that may come at once now
   * @param atOnce calls that may be under way together
   */
  public record Moment(int burst, long seconds, long left, int atOnce) {}
}
