package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.geo.Places;
import io.nettrace.geo.PlacesKit;
import io.nettrace.lab.Inside;
import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScenarioFile;
import io.nettrace.lab.topology.Atlas;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.prober.BurstSpec;
import io.nettrace.prober.Endpoint;
import io.nettrace.prober.Prober;
import io.nettrace.prober.ProberConfig;
import io.nettrace.prober.TraceSpec;
import io.nettrace.route.ChangeEffect;
import io.nettrace.route.EventRange;
import io.nettrace.route.PathDiff;
import io.nettrace.route.RecordedChange;
import io.nettrace.route.RouteChange;
import io.nettrace.route.Routes;
import io.nettrace.route.RoutesKit;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.SharedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One route flip in the lab, from the first deviating burst to the difference of two paths. */
@Tag("alone")
class RouteStoryIT {
  private static final VantagePoint LAB = new VantagePoint("lab-ewr", true);
  private static final int PROBES = 10;
  private static final int EXTRA_FLOWS = 4;
  private static final int MOST_ROUNDS = 60;

  private final Database database = SharedPostgres.migratedDatabase();
  private final Targets targets = new Targets(Optional.empty());
  private final AskedTraces asked = new AskedTraces(database);
  private final Places places = PlacesKit.labOnly(database);
  private final RoutesKit kit = new RoutesKit(database, places, asked);
  private final Routes routes = kit.routes();
  private final RecordKit record = new RecordKit(database, routes);
  private final DeviationJudge judge =
      new DeviationJudge(
          database,
          record.history(),
          record.latest(),
          targets,
          asked,
          new NoObservers<>(),
          new Chores(database),
          Clock.systemUTC());
  private final Instant start = Instant.now();

  @BeforeEach
  void migrate() {
    Inside.assumeLab();
  }

  @AfterEach
  void stop() {
    judge.stop();
  }

  @Test
  void aFlipIsADeviationThenATraceThenAChangeWithItsEffectThenADifference() throws Exception {
    LabDestination flipped = farthestDetour();
    Target target = targets.byHost(flipped.host()).orElseThrow();
    try (Lab lab = Lab.start(quiet());
        Prober prober = prober(lab)) {
      Endpoint endpoint = new Endpoint(flipped.addresses().getFirst(), target.port());
      Rounds rounds = new Rounds(prober, endpoint, target);
      rounds.trace(MeasuredTrace.Cause.SCHEDULED);
      rounds.bursts(DeviationRules.PAST);
      assertThat(deviations(target)).isEmpty();
      assertThat(asked.take()).isEmpty();

      lab.fire(new LabEvent.RouteFlip(List.of(flipped.host()), Atlas.DETOUR));
      Instant flippedAt = Instant.now();
      Deviation deviation = rounds.burstsUntilDeviation();
      assertThat(deviation.openedAt()).isBetween(flippedAt.minusSeconds(1), Instant.now());
      assertThat(deviation.address()).isEqualTo(endpoint.address());
      assertThat(asked.take()).containsExactly(target.id());

      rounds.answer(1);
      rounds.burstsUntilEffect();
      RecordedChange change = changes(target).getFirst();
      assertThat(change.kind()).isEqualTo(RouteChange.Kind.AS_PATH);
      assertThat(change.asPathBefore()).isNotEqualTo(change.asPathAfter()).isNotEmpty();
      assertThat(change.observedAt()).isAfter(deviation.openedAt());
      assertEffect(change.effect().orElseThrow(), flipped);
      assertDifference(target, change);
      tell(deviation, change);
    }
  }

  private void assertEffect(ChangeEffect effect, LabDestination flipped) {
    double difference = detourMillis(flipped) - flipped.route().rttMillis();
    long seen =
        effect.after().rttNanosP50().orElseThrow() - effect.before().rttNanosP50().orElseThrow();
    assertThat(seen / 1e6).isBetween(difference - 2, difference + 2);
    assertThat(effect.before().bursts()).isGreaterThanOrEqualTo(DeviationRules.PAST);
    assertThat(effect.after().lossRatio()).hasValueSatisfying(loss -> assertThat(loss).isZero());
    assertThat(effect.after().ipdvNanos()).isPresent();
  }

  private void assertDifference(Target target, RecordedChange change) {
    var paths = kit.paths(record.history());
    PathDiff diff =
        paths.diff(
            paths.at(target.id(), LAB, change.observedAt().minusMillis(1)).orElseThrow(),
            paths.at(target.id(), LAB, Instant.now()).orElseThrow(),
            LAB);
    assertThat(diff.isSame()).isFalse();
    assertThat(diff.steps().getFirst().outcome()).isEqualTo(PathDiff.Outcome.SAME);
    assertThat(diff.steps().getLast().outcome()).isEqualTo(PathDiff.Outcome.SAME);
    assertThat(diff.steps())
        .filteredOn(step -> step.outcome() == PathDiff.Outcome.CHANGED)
        .anySatisfy(step -> assertThat(step.asnBefore()).isNotEqualTo(step.asnAfter()));
  }

  private static void tell(Deviation deviation, RecordedChange change) {
    System.out.printf(
        "%s: deviation %s at %s, baseline %.1f ms, seen %.1f ms; route %s -> %s (%s) first seen %s,"
            + " confirmed %s; effect %s%n",
        deviation.host(),
        deviation.kind(),
        deviation.openedAt(),
        deviation.rttNanosBaseline().orElse(0) / 1e6,
        deviation.rttNanosSeen().orElse(0) / 1e6,
        change.asPathBefore(),
        change.asPathAfter(),
        change.kind(),
        change.observedAt(),
        change.confirmedAt(),
        change.effect().orElseThrow());
  }

  private List<Deviation> deviations(Target target) {
    return new Deviations(database).list(since(target), Optional.empty(), 10);
  }

  private List<RecordedChange> changes(Target target) {
    return kit.changes().list(since(target), Optional.empty(), 10);
  }

  private EventRange since(Target target) {
    return new EventRange(
        Optional.of(target.id()), Optional.of(LAB.name()), start, Instant.now().plusSeconds(60));
  }

  private static Prober prober(Lab lab) throws IOException {
    return Prober.open(
        ProberConfig.defaults().withPacketsPerSecond(2_000).withNetns(lab.namespace()));
  }

  /** The shipped internet on a day when nothing happens. */
  private static Scenario quiet() {
    Scenario shipped = ScenarioFile.shipped();
    return new Scenario(
        shipped.name(),
        shipped.seed(),
        shipped.vantage(),
        shipped.networks(),
        shipped.routers(),
        shipped.destinations(),
        Programme.NOTHING);
  }

  private static LabDestination farthestDetour() {
    return ScenarioFile.shipped().destinations().stream()
        .filter(d -> d.answers().icmp() && d.route().rttMillis() < 40)
        .max(Comparator.comparingDouble(d -> detourMillis(d) - d.route().rttMillis()))
        .orElseThrow();
  }

  private static double detourMillis(LabDestination destination) {
    return Objects.requireNonNull(destination.alternatives().get(Atlas.DETOUR)).rttMillis();
  }

  /** A scanner's cycle, as fast as the lab answers. */
  private final class Rounds {
    private final Prober prober;
    private final Endpoint endpoint;
    private final Target target;

    Rounds(Prober prober, Endpoint endpoint, Target target) {
      this.prober = prober;
      this.endpoint = endpoint;
      this.target = target;
    }

    void bursts(int count) {
      for (int i = 0; i < count; i++) {
        var burst =
            prober.burst(new BurstSpec(endpoint, Protocol.ICMP, PROBES, Duration.ZERO)).join();
        store(List.of(new MeasuredBurst(target.id(), target.host(), burst)), List.of());
      }
    }

    /** A machine under load makes delays noisy, and the rules wait for what noise cannot do. */
    Deviation burstsUntilDeviation() {
      for (int i = 0; deviations(target).isEmpty() && i < MOST_ROUNDS; i++) {
        bursts(1);
      }
      return deviations(target).getFirst();
    }

    void trace(MeasuredTrace.Cause cause) {
      var trace =
          prober.trace(new TraceSpec(endpoint, Protocol.ICMP, Duration.ZERO, EXTRA_FLOWS)).join();
      store(List.of(), List.of(new MeasuredTrace(target.id(), target.host(), cause, trace)));
    }

    /** A machine under load loses some of the bursts that the effect is taken from. */
    void burstsUntilEffect() {
      for (int i = 0; changes(target).getFirst().effect().isEmpty() && i < MOST_ROUNDS; i++) {
        bursts(PROBES);
        kit.judgeEffects(record.history(), Clock.systemUTC());
      }
    }

    /** Traces as often as it is asked, until the change is on record. */
    void answer(int wanted) {
      trace(MeasuredTrace.Cause.REQUESTED);
      for (int i = 0; changes(target).size() < wanted && i < MOST_ROUNDS; i++) {
        asked.take().forEach(_ -> trace(MeasuredTrace.Cause.REQUESTED));
      }
      assertThat(changes(target)).hasSize(wanted);
    }

    private void store(List<MeasuredBurst> bursts, List<MeasuredTrace> traces) {
      AcceptedScan scan = new AcceptedScan(LAB, Instant.now(), bursts, traces, List.of(), 0);
      record.store(scan);
      judge.judge(scan);
    }
  }
}
