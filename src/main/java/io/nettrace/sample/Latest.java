package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.Trace;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the newest of each target and publishes it as a {@link Snapshot}: after each stored scan,
 * and every few seconds so that what went stale says so. At start it is rebuilt from the record.
 */
@Service
public class Latest {
  private static final Duration REVIEW_EVERY = Duration.ofSeconds(5);

  private final Database database;
  private final SampleConfig config;
  private final Event<SamplesStored> stored;
  private final Clock clock;
  private final Map<StandingKey, Standing> standings = new HashMap<>();
  private final Map<StandingKey, DelayWindow> windows = new HashMap<>();
  private final ScheduledExecutorService reviews =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-staleness").factory());
  private volatile Snapshot snapshot = Snapshot.of(List.of());

  @Inject
  Latest(Database database, SampleConfig config, Event<SamplesStored> stored, Clock clock) {
    this.database = database;
    this.config = config;
    this.stored = stored;
    this.clock = clock;
  }

  /** The newest of everything; never blocks. */
  public Snapshot snapshot() {
    return snapshot;
  }

  void rebuild(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseReady ready) {
    LatestQueries queries = new LatestQueries(clock.instant());
    database.run(
        connection -> {
          queries.bursts(connection, this::restore);
          queries.traces(connection, this::restore);
          queries.window(connection, this::restore);
          return true;
        });
    review();
    var _ =
        reviews.scheduleWithFixedDelay(
            this::review, REVIEW_EVERY.toMillis(), REVIEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A scan has committed; {@code routes} holds one answer for each of its traces. */
  void accept(AcceptedScan scan, List<IdentifiedRoute> routes) {
    Snapshot replaced;
    synchronized (this) {
      scan.bursts().forEach(burst -> put(scan, burst));
      for (int i = 0; i < scan.traces().size(); i++) {
        put(scan, scan.traces().get(i), routes.get(i));
      }
      scan.resolutions().forEach(resolution -> put(scan, resolution));
      replaced = publish();
    }
    stored.fire(new SamplesStored(scan, replaced));
  }

  private synchronized void review() {
    publish();
  }

  private Snapshot publish() {
    Instant oldest = clock.instant().minus(config.staleAfter());
    standings.replaceAll((_, standing) -> standing.stale(isOld(standing, oldest)));
    Snapshot replacement = Snapshot.of(standings.values());
    snapshot = replacement;
    return replacement;
  }

  private static boolean isOld(Standing standing, Instant oldest) {
    return standing.burst().map(b -> b.observedAt().isBefore(oldest)).orElse(true);
  }

  private void put(AcceptedScan scan, MeasuredBurst measured) {
    Burst burst = measured.burst();
    StandingKey key = new StandingKey(measured.targetId(), scan.vantagePoint());
    DelayWindow window = windows.computeIfAbsent(key, _ -> new DelayWindow());
    BurstSample sample = Samples.of(burst);
    window.add(
        sample.observedAt(), burst.sent(), burst.received(), burst.histogram().delaysNanos());
    standings.put(key, standing(key).with(sample, window.summary()));
  }

  private void put(AcceptedScan scan, MeasuredTrace measured, IdentifiedRoute route) {
    Trace trace = measured.trace();
    restore(
        new StandingKey(measured.targetId(), scan.vantagePoint()), Samples.of(trace, route.hash()));
  }

  private void put(AcceptedScan scan, Resolution resolution) {
    StandingKey key = new StandingKey(resolution.targetId(), scan.vantagePoint());
    Optional<Instant> since =
        switch (resolution) {
          case Resolution.Resolved _ -> Optional.empty();
          case Resolution.Failed failed -> Optional.of(failed.at());
        };
    standings.put(key, standing(key).unresolved(since));
  }

  private synchronized void restore(StandingKey key, BurstSample burst) {
    standings.put(key, standing(key).with(burst, standing(key).lastHour()));
  }

  private synchronized void restore(StandingKey key, TraceSample trace) {
    standings.put(key, standing(key).with(trace));
  }

  private synchronized void restore(StandingKey key, DelayWindow window) {
    windows.put(key, window);
    Standing standing = standing(key);
    standing.burst().ifPresent(burst -> standings.put(key, standing.with(burst, window.summary())));
  }

  private Standing standing(StandingKey key) {
    return standings.getOrDefault(key, Standing.unknown(key.targetId(), key.vantagePoint()));
  }

  @PreDestroy
  void stop() {
    reviews.shutdownNow();
  }
}
