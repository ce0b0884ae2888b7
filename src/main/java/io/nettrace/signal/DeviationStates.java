package io.nettrace.signal;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.sample.Deviating;
import io.nettrace.sample.Latest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the snapshot which targets deviate now, every two seconds and whichever node found it. A
 * level that has settled is the detector's new usual long before people have taken note, so it
 * stays a state for an hour.
 */
@Service
public class DeviationStates {
  static final Duration SETTLED_SHOWN = Duration.ofHours(1);

  private static final Logger LOG = System.getLogger(DeviationStates.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);

  private record Series(WatchedSeries series, boolean isLoss) {}

  private final DeviationStore store;
  private final Latest latest;
  private final Clock clock;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-deviation-states").factory());

  @Inject
  DeviationStates(Database database, Latest latest, Clock clock) {
    this.store = new DeviationStore(database);
    this.latest = latest;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    var _ =
        clockwork.scheduleWithFixedDelay(this::attempt, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void attempt() {
    try {
      tell();
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "states of deviation are told later: {0}", e.getMessage());
    }
  }

  void tell() {
    latest.deviating(states(store.current(clock.instant().minus(SETTLED_SHOWN))));
  }

  /**
   * Of each series the newest of delay and the newest of loss; a fall that has settled is back to
   * what is good, and is no state.
   *
   * @param oldestFirst open ones, and those that settled lately
   */
  static List<Deviating> states(List<Deviation> oldestFirst) {
    Map<Series, Deviation> newest = new HashMap<>();
    oldestFirst.forEach(
        deviation ->
            newest.put(
                new Series(
                    DeviationJudge.keyOf(deviation), deviation.kind() == Deviation.Kind.LOSS),
                deviation));
    return states(newest.values());
  }

  private static List<Deviating> states(Collection<Deviation> newest) {
    return newest.stream()
        .filter(one -> one.closing().isEmpty() || one.kind() != Deviation.Kind.DELAY_FALL)
        .map(DeviationStates::state)
        .toList();
  }

  private static Deviating state(Deviation deviation) {
    return new Deviating(
        deviation.targetId(),
        deviation.vantagePoint(),
        deviation.method(),
        deviation.address(),
        switch (deviation.kind()) {
          case DELAY_RISE -> Deviating.Kind.DELAY_RISE;
          case DELAY_FALL -> Deviating.Kind.DELAY_FALL;
          case LOSS -> Deviating.Kind.LOSS;
        },
        deviation.openedAt(),
        deviation.closing().isPresent(),
        deviation.rttNanosBaseline(),
        deviation.rttNanosSeen(),
        deviation.lossRatioBaseline(),
        deviation.lossRatioSeen());
  }

  @PreDestroy
  void stop() {
    clockwork.shutdownNow();
  }
}
