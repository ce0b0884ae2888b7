package io.nettrace.plan;

import io.nettrace.platform.EventType;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant has used so much of a day's quota. Published once for each tenant, day and percentage.
 *
 * @param tenantId whose quota it is
 * @param day in UTC
 * @param percent 75, 90 or 100
 * @param used calls of the day so far
 * @param limit calls that the plan has for a day
 */
@EventType(
    value = "quota.reached",
    when =
        "Calls of a day have reached 75, 90 or 100 % of the tenant's quota, whether or not calls"
            + " above it are refused.")
public record QuotaReached(UUID tenantId, LocalDate day, int percent, long used, long limit)
    implements PlanEvent {
  @Override
  public Optional<UUID> tenant() {
    return Optional.of(tenantId);
  }

  @Override
  public String subject() {
    return day.toString();
  }
}
