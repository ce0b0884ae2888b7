package io.nettrace.signal;

import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.route.EventsRecorded;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.Latest;
import io.nettrace.sample.SamplesStored;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Standing;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.TraceRequests;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Judges every burst that reaches the record. The node that stored a delivery judges it a moment
 * later, from memory; what is missing there (after a restart, because another node judged in
 * between, because an event was lost with a crash) is read back from the record, now or by the
 * sweep. So a finding may be made twice, and is written once.
 */
@Service
public class DeviationJudge {
  private static final Logger LOG = System.getLogger(DeviationJudge.class.getName());
  private static final int MOST_SERIES = 50_000;
  private static final int MOST_SCANS_WAITING = 64;
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);

  /** What was stored longer ago than this and is not judged yet was forgotten. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** How far back the record is read for a series; farther when that is too little. */
  private static final Duration NEAR_PAST = Duration.ofHours(3);

  private static final Duration FAR_PAST = Duration.ofDays(3);
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

  private final History history;
  private final Latest latest;
  private final Targets targets;
  private final TraceRequests traceRequests;
  private final Event<EventsRecorded> recorded;
  private final Chores chores;
  private final Clock clock;
  private final DeviationStore store;
  private final Map<WatchedSeries, Suspected> suspicions = new ConcurrentHashMap<>();
  private final Map<WatchedSeries, SeriesWatch> watches =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<WatchedSeries, SeriesWatch> eldest) {
          if (size() > MOST_SERIES) {
            suspicions.remove(eldest.getKey());
            return true;
          }
          return false;
        }
      };

  /** Storing does not wait for judging; what does not fit the queue is left to the sweep. */
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_SCANS_WAITING),
          Thread.ofPlatform().daemon().name("nettrace-deviations").factory());

  @Inject
  DeviationJudge(
      Database database,
      History history,
      Latest latest,
      Targets targets,
      TraceRequests traceRequests,
      Event<EventsRecorded> recorded,
      Chores chores,
      Clock clock) {
    this.history = history;
    this.latest = latest;
    this.targets = targets;
    this.traceRequests = traceRequests;
    this.recorded = recorded;
    this.chores = chores;
    this.clock = clock;
    this.store = new DeviationStore(database);
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(SWEEP_EVERY, "looking for unjudged bursts", this::sweep);
  }

  void stored(@Observes SamplesStored samples) {
    try {
      worker.execute(() -> attempt(samples.scan()));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "a scan is left to the sweep", e);
    }
  }

  private void attempt(AcceptedScan scan) {
    try {
      judge(scan);
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "bursts are judged later: {0}", e.getMessage());
    }
  }

  /** Judges a scan's bursts in order of time. */
  synchronized void judge(AcceptedScan scan) {
    scan.bursts().stream()
        .sorted(Comparator.comparing(measured -> measured.burst().startedAt()))
        .forEach(measured -> judge(scan.vantagePoint(), measured));
  }

  private void judge(VantagePoint from, MeasuredBurst measured) {
    WatchedSeries key =
        new WatchedSeries(
            from, measured.targetId(), measured.burst().protocol(), measured.burst().address());
    Observation burst = Observation.of(measured.burst());
    SeriesWatch watch = watches.get(key);
    if (watch == null || watch.misses(burst.at())) {
      catchUp(key, burst.at());
    } else {
      take(key, watch, burst);
    }
  }

  /**
   * What the newest burst of a target shows while too few agree on it; also empty when another node
   * judges the target. Never blocks.
   *
   * @param burst the target's newest
   */
  public Optional<Suspicion> suspicion(String targetId, VantagePoint from, BurstSample burst) {
    return Optional.ofNullable(
            suspicions.get(new WatchedSeries(from, targetId, burst.method(), burst.address())))
        .filter(
            last -> Duration.between(last.at, burst.observedAt()).abs().compareTo(SAME_BURST) < 0)
        .map(Suspected::suspicion);
  }

  /** What a burst showed; it says nothing of a later one, which another node may have judged. */
  private record Suspected(Instant at, Suspicion suspicion) {}

  /** The record keeps microseconds; bursts of a target are seconds apart. */
  private static final Duration SAME_BURST = Duration.ofMillis(1);

  private void take(WatchedSeries key, SeriesWatch watch, Observation burst) {
    try {
      watch.observe(burst).forEach(finding -> record(key, finding));
      watch
          .suspicion()
          .ifPresentOrElse(
              one -> suspicions.put(key, new Suspected(burst.at(), one)),
              () -> suspicions.remove(key));
    } catch (DatabaseException e) {
      // its findings are not in the record: begin anew from there
      watches.remove(key);
      suspicions.remove(key);
      throw e;
    }
  }

  /** Judges what the record holds of a series and was not judged here, up to {@code until}. */
  private void catchUp(WatchedSeries key, Instant until) {
    Optional<SeriesWatch> known = Optional.ofNullable(watches.get(key));
    SeriesWatch watch = known.orElseGet(SeriesWatch::new);
    Deque<Observation> unjudged =
        known.isPresent() ? recorded(key, watch.last(), until) : replay(key, until);
    unjudged.forEach(burst -> take(key, watch, burst));
    if (known.isEmpty()) {
      watches.put(key, watch);
      store.open(key).stream()
          .filter(deviation -> !watch.isOpen(deviation.kind()))
          .forEach(open -> close(key, open.kind(), until, Deviation.Closing.SETTLED));
    }
  }

  private void close(
      WatchedSeries key, Deviation.Kind kind, Instant at, Deviation.Closing closing) {
    record(key, new SeriesFinding.Closed(kind, at, closing));
  }

  private Deque<Observation> replay(WatchedSeries key, Instant until) {
    Deque<Observation> near = recorded(key, until.minus(NEAR_PAST), until);
    return near.size() < DeviationRules.REPLAY ? recorded(key, until.minus(FAR_PAST), until) : near;
  }

  private Deque<Observation> recorded(WatchedSeries key, Instant after, Instant until) {
    Deque<Observation> newest = new ArrayDeque<>();
    Selection range =
        new Selection(
            key.targetId(), key.vantagePoint().name(), after, until.plus(1, ChronoUnit.MICROS));
    history.stream(
        range,
        burst -> {
          if (burst.method() == key.method() && burst.address().equals(key.address())) {
            newest.addLast(Observation.of(burst));
          }
          if (newest.size() > DeviationRules.REPLAY) {
            newest.removeFirst();
          }
        });
    return newest;
  }

  private void record(WatchedSeries key, SeriesFinding finding) {
    Instant now = clock.instant();
    switch (finding) {
      case SeriesFinding.Opened opening -> {
        String host = targets.byId(key.targetId()).map(Target::host).orElse(key.targetId());
        if (store.open(key, host, opening, now)) {
          traceRequests.ask(key.vantagePoint().name(), List.of(key.targetId()));
          recorded.fire(new EventsRecorded(RecordOf.CATALOGUE));
        }
      }
      case SeriesFinding.Closed closing -> {
        var _ = store.close(key, closing, now);
      }
    }
  }

  /** Makes good what no event brought here, and closes what nobody measures any more. */
  synchronized void sweep() {
    Instant forgotten = clock.instant().minus(GRACE);
    for (Standing standing : latest.snapshot().standings()) {
      standing
          .burst()
          .filter(burst -> burst.observedAt().isBefore(forgotten))
          .ifPresent(burst -> catchUp(standing, burst));
    }
    store.open().forEach(this::closeAbandoned);
  }

  private void catchUp(Standing standing, BurstSample newest) {
    WatchedSeries key =
        new WatchedSeries(
            standing.vantagePoint(), standing.targetId(), newest.method(), newest.address());
    SeriesWatch watch = watches.get(key);
    if (watch == null || watch.last().isBefore(newest.observedAt())) {
      catchUp(key, newest.observedAt());
    }
  }

  private void closeAbandoned(Deviation deviation) {
    WatchedSeries key = keyOf(deviation);
    SeriesWatch watch = watches.get(key);
    Instant last = watch == null ? deviation.openedAt() : watch.last();
    latest
        .snapshot()
        .standing(deviation.targetId(), deviation.vantagePoint())
        .flatMap(Standing::burst)
        .filter(newest -> isOther(newest, key))
        .filter(newest -> newest.observedAt().minus(ABANDONED_AFTER).isAfter(last))
        .ifPresent(_ -> close(key, deviation.kind(), last, Deviation.Closing.ABANDONED));
  }

  private static boolean isOther(BurstSample burst, WatchedSeries key) {
    return burst.method() != key.method() || !burst.address().equals(key.address());
  }

  static WatchedSeries keyOf(Deviation deviation) {
    return new WatchedSeries(
        deviation.vantagePoint(), deviation.targetId(), deviation.method(), deviation.address());
  }

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }
}
