package io.nettrace.sample;

import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.platform.Service;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantageFaults;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What is known right now of each of a tenant's targets, as {@link Latest} says it of the
 * catalogue's. Read from the tenant's own schema and kept for a second, so that no tenant's
 * measurements stand in the memory that all share.
 */
@Service
public class OwnStandings {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int MOST_TENANTS = 500;

  /** A target is not stale before it missed so many bursts. */
  private static final int BURSTS_MISSED = 3;

  private final Records records;
  private final ScheduledTargets targets;
  private final SampleConfig config;
  private final Supplier<List<VantageFaults.Fault>> faults;
  private final Clock clock;
  private final Map<UUID, OneTenant> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, OneTenant> eldest) {
          return size() > MOST_TENANTS;
        }
      };

  /** One tenant's; whoever comes while it is read waits for the same answer. */
  private static final class OneTenant {
    private Instant readAt = Instant.MIN;
    private Snapshot snapshot = Snapshot.of(List.of());
  }

  @Inject
  OwnStandings(
      Records records, ScheduledTargets targets, SampleConfig config, Latest latest, Clock clock) {
    this(records, targets, config, latest::faults, clock);
  }

  /** Where no vantage point has faults. */
  OwnStandings(Records records, ScheduledTargets targets, SampleConfig config, Clock clock) {
    this(records, targets, config, List::of, clock);
  }

  private OwnStandings(
      Records records,
      ScheduledTargets targets,
      SampleConfig config,
      Supplier<List<VantageFaults.Fault>> faults,
      Clock clock) {
    this.faults = faults;
    this.records = records;
    this.targets = targets;
    this.config = config;
    this.clock = clock;
  }

  /** At most a second old. */
  public Snapshot of(Tenant tenant) {
    OneTenant entry = entry(tenant.id());
    synchronized (entry) {
      Instant now = clock.instant();
      if (entry.readAt.plus(KEPT).compareTo(now) <= 0) {
        entry.snapshot = read(tenant, now);
        entry.readAt = now;
      }
      return entry.snapshot;
    }
  }

  private OneTenant entry(UUID tenantId) {
    synchronized (entries) {
      return entries.computeIfAbsent(tenantId, _ -> new OneTenant());
    }
  }

  private Snapshot read(Tenant tenant, Instant now) {
    Map<StandingKey, Standing> standings =
        records.run(new RecordOf.Own(tenant), connection -> standings(connection, now));
    standings.replaceAll((_, standing) -> standing.stale(isOld(standing, now)).under(faults.get()));
    return Snapshot.of(standings.values());
  }

  private static Map<StandingKey, Standing> standings(Connection connection, Instant now)
      throws SQLException {
    Map<StandingKey, Standing> standings = new HashMap<>();
    LatestQueries queries = new LatestQueries(now);
    Map<StandingKey, LastHour> hours = new HashMap<>();
    queries.window(
        connection, (key, window) -> window.summary().ifPresent(hour -> hours.put(key, hour)));
    queries.bursts(
        connection,
        (key, burst) ->
            standings.put(
                key, standing(standings, key).with(burst, Optional.ofNullable(hours.get(key)))));
    queries.traces(
        connection, (key, trace) -> standings.put(key, standing(standings, key).with(trace)));
    queries.unresolved(
        connection,
        (key, why) -> {
          Standing standing = standing(standings, key);
          if (standing.burst().filter(b -> b.observedAt().isAfter(why.since())).isEmpty()) {
            standings.put(key, standing.unresolved(Optional.of(why)));
          }
        });
    return standings;
  }

  private static Standing standing(Map<StandingKey, Standing> standings, StandingKey key) {
    return standings.getOrDefault(key, Standing.unknown(key.targetId(), key.vantagePoint()));
  }

  private boolean isOld(Standing standing, Instant now) {
    Duration missed =
        targets
            .find(standing.targetId())
            .map(target -> target.burstEvery().multipliedBy(BURSTS_MISSED))
            .orElse(Duration.ZERO);
    Duration patience = missed.compareTo(config.staleAfter()) > 0 ? missed : config.staleAfter();
    return standing
        .burst()
        .map(burst -> burst.observedAt().isBefore(now.minus(patience)))
        .orElse(true);
  }
}
