package io.nettrace.scan;

import io.nettrace.platform.Service;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was taken in since this process started, and when each vantage point was last heard. */
@Service
public class ScanCounters {
  private final LongAdder deliveries = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private final Map<String, Instant> lastHeard = new ConcurrentHashMap<>();

  void stored(AcceptedScan scan) {
    deliveries.increment();
    accepted.add(scan.accepted());
    refused.add(scan.refused());
    lastHeard.put(scan.vantagePoint().name(), scan.knownAt());
  }

  void leftOut(int measurements) {
    leftOut.add(measurements);
  }

  void repeated() {
    duplicates.increment();
  }

  /** Deliveries stored, each counted once. */
  public long deliveries() {
    return deliveries.sum();
  }

  /** Deliveries that had been stored before. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Measurements stored. */
  public long accepted() {
    return accepted.sum();
  }

  /** Measurements not believed. */
  public long refused() {
    return refused.sum();
  }

  /** Measurements lost because a tenant's schema did not take them and they could not wait. */
  public long leftOut() {
    return leftOut.sum();
  }

  /** When each vantage point's last delivery arrived, by name. */
  public Map<String, Instant> lastHeard() {
    return new TreeMap<>(lastHeard);
  }
}
