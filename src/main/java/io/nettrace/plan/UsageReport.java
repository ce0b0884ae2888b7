package io.nettrace.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What one node has to tell the ledger, at one moment. Once it is made it does not change, so that
 * it can be told again under the same number when nobody knows whether it arrived.
 */
final class UsageReport {
  private final long number;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One tenant's day.
   *
   * @param plan whose quota notices are about
   * @param returned calls that were granted for nothing; negative for those taken without asking
   * @param noticed which notices the ledger is known to have
   */
  record Entry(
      Meter meter,
      DayShare share,
      Plan plan,
      long used,
      long refused,
      long returned,
      int noticed) {}

  UsageReport(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  List<Entry> entries() {
    return entries;
  }

  void add(Entry entry) {
    entries.add(entry);
  }
}
