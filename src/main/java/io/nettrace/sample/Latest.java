package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantageFaults;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.Resolution;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps the newest of each target and publishes it as a {@link Snapshot}: after each stored scan,
 * whichever node stored it, and every few seconds so that what went stale says so. At start it is
 * rebuilt from the record.
 */
@Service
public class Latest {
  private static final Logger LOG = System.getLogger(Latest.class.getName());
  private static final Duration REVIEW_EVERY = Duration.ofSeconds(5);

  private final Database database;
  private final SampleConfig config;
  private final Event<SamplesStored> stored;
  private final VantageFaults vantageFaults;
  private final Clock clock;
  private final UUID node = UUID.randomUUID();
  private final Map<StandingKey, Standing> standings = new HashMap<>();
  private final Map<StandingKey, DelayWindow> windows = new HashMap<>();
  private final ScheduledExecutorService reviews =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-staleness").factory());
  private volatile List<VantageFaults.Fault> faults = List.of();
  private Map<StandingKey, List<Deviating>> deviations = Map.of();
  private volatile Snapshot snapshot = Snapshot.of(List.of());

  @Inject
  Latest(Database database, SampleConfig config, Event<SamplesStored> stored, Clock clock) {
    this.vantageFaults = new VantageFaults(database, clock);
    this.database = database;
    this.config = config;
    this.stored = stored;
    this.clock = clock;
  }

  /** The newest of everything; never blocks. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Once the feed is followed: what is stored from then on is heard of, however long it takes. */
  void begin() {
    rebuild();
    var _ =
        reviews.scheduleWithFixedDelay(
            this::review, REVIEW_EVERY.toMillis(), REVIEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads everything anew from the record. */
  void rebuild() {
    LatestQueries queries = new LatestQueries(clock.instant());
    database.run(
        connection -> {
          queries.bursts(connection, this::restore);
          queries.traces(connection, this::restore);
          queries.window(connection, this::restore);
          return true;
        });
    review();
  }

  /**
   * Writes it down for the other nodes in the scan's transaction, and takes it up here once it
   * committed.
   *
   * @return the row of the feed
   */
  long record(Recording recording, List<IdentifiedRoute> routes) throws SQLException {
    AcceptedScan scan = recording.scan();
    Newest newest = Newest.of(scan, routes);
    long feed = FeedStore.add(recording.connection(), node, newest);
    recording.afterCommit(() -> stored.fire(new SamplesStored(scan, accept(newest))));
    return feed;
  }

  /** Who this node is among those that share the database. */
  UUID node() {
    return node;
  }

  /** What a stored scan brought, here or at another node; taking it up twice changes nothing. */
  synchronized Snapshot accept(Newest newest) {
    VantagePoint from = newest.vantagePoint();
    newest.bursts().forEach(burst -> put(from, burst));
    newest
        .traces()
        .forEach(trace -> restore(new StandingKey(trace.targetId(), from), trace.sample()));
    newest.resolutions().forEach(resolution -> put(from, resolution));
    return publish();
  }

  /** Takes up what deviates now, in place of what did before. */
  public synchronized void deviating(List<Deviating> now) {
    deviations =
        now.stream()
            .collect(
                Collectors.groupingBy(one -> new StandingKey(one.targetId(), one.vantagePoint())));
    publish();
  }

  /** Faults of vantage points that last, as known at the last review. */
  List<VantageFaults.Fault> faults() {
    return faults;
  }

  private void review() {
    try {
      faults = vantageFaults.lately();
    } catch (DatabaseException e) {
      LOG.log(
          e instanceof DatabaseUnavailableException ? Level.DEBUG : Level.INFO,
          "faults of vantage points are not known: {0}",
          e.getMessage());
    }
    publishReviewed();
  }

  private synchronized void publishReviewed() {
    publish();
  }

  private Snapshot publish() {
    Instant oldest = clock.instant().minus(config.staleAfter());
    standings.replaceAll(
        (key, standing) -> {
          Standing now = standing.stale(isOld(standing, oldest)).under(faults);
          return now.deviation(deviation(key, now));
        });
    Snapshot replacement = Snapshot.of(standings.values());
    snapshot = replacement;
    return replacement;
  }

  /** The gravest of the series that is measured now, unless the vantage point is at fault. */
  private Optional<Deviating> deviation(StandingKey key, Standing standing) {
    return standing
        .burst()
        .filter(_ -> standing.ownFault().isEmpty())
        .flatMap(
            burst ->
                deviations.getOrDefault(key, List.of()).stream()
                    .filter(one -> one.concerns(burst))
                    .min(Comparator.comparing(Deviating::kind)));
  }

  private static boolean isOld(Standing standing, Instant oldest) {
    return standing.burst().map(b -> b.observedAt().isBefore(oldest)).orElse(true);
  }

  private void put(VantagePoint from, MeasuredBurst measured) {
    Burst burst = measured.burst();
    StandingKey key = new StandingKey(measured.targetId(), from);
    DelayWindow window = windows.computeIfAbsent(key, _ -> new DelayWindow());
    BurstSample sample = Samples.of(burst);
    window.add(
        sample.observedAt(), burst.sent(), burst.received(), burst.histogram().delaysNanos());
    standings.put(key, standing(key).with(sample, window.summary()));
  }

  private void put(VantagePoint from, Resolution resolution) {
    StandingKey key = new StandingKey(resolution.targetId(), from);
    Optional<Standing.Unresolved> why =
        switch (resolution) {
          case Resolution.Resolved _ -> Optional.empty();
          case Resolution.Failed failed ->
              Optional.of(new Standing.Unresolved(failed.at(), failed.reason()));
        };
    standings.put(key, standing(key).unresolved(why));
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
