package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.Targets;
import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.route.EventRange;
import io.nettrace.sample.Deviating;
import io.nettrace.sample.IdentifiedRoute;
import io.nettrace.sample.RecordKit;
import io.nettrace.sample.Standing;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to the nodes, each deviation is on the record once, with the same dates. */
class DeviationJudgeIT {
  private static final VantagePoint FROM = new VantagePoint("it", false);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final Duration PACE = Duration.ofSeconds(30);
  private static final int USUAL = 40;
  private static final long MILLIS = 1_000_000;

  private final Database database = SharedPostgres.migratedDatabase();
  private final RecordKit record =
      new RecordKit(
          database,
          recording -> recording.scan().traces().stream().map(_ -> IdentifiedRoute.NONE).toList());
  private final AskedTraces asked = new AskedTraces(database);
  private final List<DeviationJudge> nodes = new ArrayList<>();
  private Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

  @AfterEach
  void stop() {
    nodes.forEach(DeviationJudge::stop);
  }

  @Test
  void aRestartInTheMiddleOfADeviationChangesNothing() {
    DeviationJudge before = node();
    bursts(USUAL, 20).forEach(before::judge);
    Instant first = at;
    bursts(4, 30).forEach(before::judge);
    assertThat(deviations()).isEmpty();

    DeviationJudge after = node();
    bursts(1, 30).forEach(after::judge);
    assertThat(deviations())
        .singleElement()
        .satisfies(
            deviation -> {
              assertThat(deviation.openedAt()).isEqualTo(first);
              assertThat(deviation.kind()).isEqualTo(Deviation.Kind.DELAY_RISE);
              assertThat(deviation.rttNanosBaseline()).hasValue(20 * MILLIS);
              assertThat(deviation.rttNanosSeen()).hasValue(30 * MILLIS);
              assertThat(deviation.closedAt()).isEmpty();
              assertThat(deviation.host()).isEqualTo("www.nyse.com");
            });
    assertThat(asked.take()).containsExactly("nyse");
  }

  @Test
  void whatNoEventAnnouncedIsFoundByTheSweep() {
    bursts(USUAL, 20);
    Instant first = at;
    bursts(6, 30);
    assertThat(deviations()).isEmpty();
    node().sweep();
    assertThat(deviations()).extracting(Deviation::openedAt).containsExactly(first);
  }

  @Test
  void nodesThatTakeTurnsFindItOnceAndCloseItOnce() {
    DeviationJudge one = node();
    DeviationJudge other = node();
    List<AcceptedScan> scans =
        Stream.of(bursts(USUAL, 20), bursts(10, 35), bursts(USUAL, 20))
            .flatMap(List::stream)
            .toList();
    for (int i = 0; i < scans.size(); i++) {
      (i % 2 == 0 ? one : other).judge(scans.get(i));
    }
    one.sweep();
    other.sweep();
    assertThat(deviations())
        .singleElement()
        .satisfies(
            deviation -> {
              assertThat(deviation.closing()).hasValue(Deviation.Closing.RETURNED);
              assertThat(Duration.between(deviation.openedAt(), deviation.closedAt().orElseThrow()))
                  .isEqualTo(PACE.multipliedBy(10));
            });
    assertThat(asked.take()).containsExactly("nyse");
  }

  @Test
  void aNodeThatJudgesLateWhatAnotherHasClosedOpensNothing() {
    DeviationJudge one = node();
    List<AcceptedScan> scans =
        Stream.of(bursts(USUAL, 20), bursts(10, 35), bursts(10, 20)).flatMap(List::stream).toList();
    scans.forEach(one::judge);
    DeviationJudge late = node();
    scans.forEach(late::judge);
    assertThat(deviations()).hasSize(1);
  }

  @Test
  void aTargetThatDeviatesStandsSoUntilItIsAsBefore() {
    DeviationJudge node = node();
    bursts(USUAL, 5).forEach(node::judge);
    assertThat(state()).isEmpty();
    Instant first = at;
    bursts(6, 85).forEach(node::judge);
    assertThat(state().orElseThrow())
        .satisfies(
            state -> {
              assertThat(state.kind()).isEqualTo(Deviating.Kind.DELAY_RISE);
              assertThat(state.since()).isEqualTo(first);
              assertThat(state.settled()).isFalse();
              assertThat(state.rttNanosBaseline()).hasValue(5 * MILLIS);
              assertThat(state.rttNanosSeen()).hasValue(85 * MILLIS);
            });
    bursts(DeviationRules.DELAY_SETTLED_AFTER, 85).forEach(node::judge);
    assertThat(state().orElseThrow().settled()).isTrue();
    bursts(6, 5).forEach(node::judge);
    assertThat(state().map(Deviating::kind)).contains(Deviating.Kind.DELAY_FALL);
    bursts(DeviationRules.DELAY_SETTLED_AFTER, 5).forEach(node::judge);
    assertThat(state()).isEmpty();
  }

  @Test
  void aDeviationOfAnAddressThatIsNoLongerMeasuredIsClosed() {
    DeviationJudge node = node();
    bursts(USUAL, 20).forEach(node::judge);
    bursts(6, 30).forEach(node::judge);
    Instant last = at.minus(PACE);
    at = at.plus(Duration.ofMinutes(15));
    record.store(scan(burst(InetAddress.ofLiteral("192.0.2.2"), 20)));
    node.sweep();
    assertThat(deviations())
        .singleElement()
        .satisfies(
            deviation -> {
              assertThat(deviation.closing()).hasValue(Deviation.Closing.ABANDONED);
              assertThat(deviation.closedAt()).hasValue(last);
            });
  }

  private Optional<Deviating> state() {
    DeviationStates states = new DeviationStates(database, record.latest(), Clock.systemUTC());
    try {
      states.tell();
    } finally {
      states.stop();
    }
    return record.latest().snapshot().standing("nyse", FROM).flatMap(Standing::deviation);
  }

  private DeviationJudge node() {
    DeviationJudge node =
        new DeviationJudge(
            database,
            record.history(),
            record.latest(),
            new Targets(Optional.empty()),
            asked,
            new NoObservers<>(),
            new Chores(database),
            Clock.systemUTC());
    nodes.add(node);
    return node;
  }

  /** Stores bursts, each a delivery of its own. */
  private List<AcceptedScan> bursts(int count, long millis) {
    List<AcceptedScan> scans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AcceptedScan scan = scan(burst(ADDRESS, millis));
      record.store(scan);
      scans.add(scan);
    }
    return scans;
  }

  private AcceptedScan scan(MeasuredBurst burst) {
    return new AcceptedScan(FROM, at, List.of(burst), List.of(), List.of(), 0);
  }

  private MeasuredBurst burst(InetAddress address, long millis) {
    List<ProbeOutcome> answers =
        Stream.<ProbeOutcome>generate(() -> new ProbeOutcome.Replied(address, millis * MILLIS))
            .limit(10)
            .toList();
    Burst burst = Burst.of(at, address, Protocol.ICMP, ProbeMode.RAW, answers);
    at = at.plus(PACE);
    return new MeasuredBurst("nyse", "www.nyse.com", burst);
  }

  private List<Deviation> deviations() {
    EventRange all =
        new EventRange(
            Optional.of("nyse"),
            Optional.empty(),
            Instant.now().minus(2, ChronoUnit.HOURS),
            Instant.now().plus(2, ChronoUnit.HOURS));
    return new Deviations(database).list(all, Optional.empty(), 100);
  }
}
