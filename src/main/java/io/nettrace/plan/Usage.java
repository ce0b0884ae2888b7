package io.nettrace.plan;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * What tenants used, as the ledger has it. What this node has not reported yet is reported first;
 * what other nodes did is in it after a second.
 */
@Service
public class Usage {
  /** How many days are read at once at most. */
  public static final int MOST_DAYS = 1000;

  private final Database database;
  private final Quotas quotas;
  private final Clock clock;

  @Inject
  public Usage(Database database, Quotas quotas, Clock clock) {
    this.database = database;
    this.quotas = quotas;
    this.clock = clock;
  }

  public UsageDay today(UUID tenantId) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return days(tenantId, today, today).stream()
        .findFirst()
        .orElseGet(() -> new UsageDay(today, 0, 0));
  }

  /**
   * The days from {@code from} to {@code to}, both included, on which something was used or
   * refused, the earliest first.
   *
   * @throws IllegalArgumentException when that is more than {@link #MOST_DAYS}
   */
  public List<UsageDay> days(UUID tenantId, LocalDate from, LocalDate to) {
    if (to.toEpochDay() - from.toEpochDay() >= MOST_DAYS) {
      throw new IllegalArgumentException("at most " + MOST_DAYS + " days");
    }
    quotas.flush();
    return database.run(connection -> Ledger.days(connection, tenantId, from, to));
  }
}
