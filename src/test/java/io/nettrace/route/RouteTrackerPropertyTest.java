package io.nettrace.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred targets behind lossy, rate-limited and load-balanced routers, from several seeds. */
class RouteTrackerPropertyTest {
  private static final int TARGETS = 100;
  private static final int MOST_TRACES_A_CYCLE = 8;

  private final RouteTracker tracker = new RouteTracker(Origins.UNKNOWN);
  private final List<SimulatedPath> paths = new ArrayList<>();
  private final List<Optional<RouteState>> states = new ArrayList<>();
  private final SimulatedPath.Addresses addresses = new SimulatedPath.Addresses();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private RandomGenerator random = RandomGenerator.getDefault();

  private void start(long seed) {
    System.out.println("seed " + seed);
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < TARGETS; i++) {
      paths.add(SimulatedPath.random(random, addresses));
      states.add(Optional.empty());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void aHundredQuietCyclesShowNoChangeUnderLossSilenceRateLimitsAndLoadBalancing(long seed) {
    start(seed);
    List<RouteChange> changes = new ArrayList<>();
    for (int cycle = 0; cycle < 100; cycle++) {
      changes.addAll(cycle());
    }
    assertThat(changes).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void aHundredRoutesFlippedAtOnceAreAllFoundWithinTheCycleOnceEach(long seed) {
    start(seed);
    warm();
    flipAll();
    assertThat(cycle().size()).isEqualTo(TARGETS);
    List<RouteChange> afterwards = new ArrayList<>();
    for (int cycle = 0; cycle < 20; cycle++) {
      afterwards.addAll(cycle());
    }
    assertThat(afterwards).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void aFlipInTheMiddleOfATraceIsOneChangeAndNotTwo(long seed) {
    start(seed);
    warm();
    List<SimulatedPath> before = List.copyOf(paths);
    flipAll();
    List<RouteChange> changes = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      int split = random.nextInt(1, Math.min(before.get(i).length(), paths.get(i).length()));
      Trace hybrid = paths.get(i).trace(tick(), random, before.get(i), split);
      changes.addAll(follow(i, hybrid));
    }
    changes.addAll(cycle());
    assertThat(changes.size()).isEqualTo(TARGETS);
    assertThat(cycle()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 1969, 20_261_122})
  void aRouteThatComesBackHasItsOldName(long seed) {
    start(seed);
    warm();
    List<String> names = names();
    List<SimulatedPath> before = List.copyOf(paths);
    flipAll();
    assertThat(cycle().size()).isEqualTo(TARGETS);
    assertThat(names()).doesNotContainAnyElementsOf(names);
    for (int i = 0; i < TARGETS; i++) {
      paths.set(i, before.get(i));
    }
    assertThat(cycle().size()).isEqualTo(TARGETS);
    assertThat(names()).isEqualTo(names);
  }

  private void warm() {
    for (int cycle = 0; cycle < 5; cycle++) {
      assertThat(cycle()).isEmpty();
    }
  }

  private void flipAll() {
    paths.replaceAll(path -> path.flipped(random, addresses));
  }

  private List<String> names() {
    return states.stream().map(state -> state.orElseThrow().current().hash()).toList();
  }

  private List<RouteChange> cycle() {
    List<RouteChange> changes = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      changes.addAll(follow(i, paths.get(i).trace(tick(), random)));
    }
    return changes;
  }

  /** Feeds a trace, and further ones as long as the tracker asks for them. */
  private List<RouteChange> follow(int i, Trace first) {
    List<RouteChange> changes = new ArrayList<>();
    Trace trace = first;
    for (int n = 0; n < MOST_TRACES_A_CYCLE; n++) {
      Optional<RouteTracker.Step> step = tracker.observe(states.get(i), trace);
      states.set(i, step.map(RouteTracker.Step::state).or(() -> Optional.empty()));
      Optional<TraceVerdict> verdict = step.map(RouteTracker.Step::verdict);
      if (verdict.orElse(new TraceVerdict.Same())
          instanceof TraceVerdict.Changed(RouteChange change)) {
        changes.add(change);
      }
      if (!(verdict.orElse(new TraceVerdict.Same()) instanceof TraceVerdict.Unconfirmed)) {
        return changes;
      }
      trace = paths.get(i).trace(tick(), random);
    }
    return changes;
  }

  private Instant tick() {
    now = now.plusMillis(10);
    return now;
  }
}
