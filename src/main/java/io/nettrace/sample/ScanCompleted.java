package io.nettrace.sample;

import io.nettrace.platform.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The measurements of a delivery are in a record: the catalogue's, or a tenant's own.
 *
 * @param tenant whose record it is; empty for the catalogue
 * @param vantagePoint where it was measured
 * @param simulated true when it was measured in the lab
 * @param knownAt when the measurements reached the record
 * @param bursts how many bursts were stored
 * @param traces how many traces were stored
 * @param resolutions how many answers of name services were stored
 * @param feed row of the nodes' feed of snapshots; only for the catalogue
 */
@EventType(
    value = "scan.completed",
    brief = true,
    when =
        "The measurements of a delivery were stored in the catalogue's record or a tenant's own.")
public record ScanCompleted(
    Optional<UUID> tenant,
    String vantagePoint,
    boolean simulated,
    Instant knownAt,
    int bursts,
    int traces,
    int resolutions,
    OptionalLong feed)
    implements SampleEvent {
  @Override
  public String subject() {
    return vantagePoint;
  }
}
