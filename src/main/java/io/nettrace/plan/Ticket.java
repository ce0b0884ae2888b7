package io.nettrace.plan;

/**
 * A call that is being answered. Whoever was admitted says once how it ended; until then the call
 * takes one of the tenant's places and is held ready in the day's quota.
 */
public final class Ticket {
  private final Meter meter;
  private final DayShare day;
  private boolean done;

  Ticket(Meter meter, DayShare day) {
    this.meter = meter;
    this.day = day;
  }

  /**
   * The call was answered. What comes after the first time changes nothing.
   *
   * @param counted false for an answer that the tenant does not pay for: "not modified", or a fault
   *     of ours
   */
  public void done(boolean counted) {
    synchronized (meter) {
      if (!done) {
        done = true;
        meter.end(day, counted);
      }
    }
  }
}
