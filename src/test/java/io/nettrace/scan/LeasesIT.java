package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.Targets;
import io.nettrace.metric.ProbeMode;
import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import io.nettrace.scanner.SpoolState;
import io.nettrace.testing.SharedPostgres;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases in the database, asked for at two nodes. */
class LeasesIT {
  private static final ScannerPass BY = new ScannerPass.SharedToken();
  private static final String PLACE = "lab-it";
  private static final UUID FIRST = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();

  private final Database database = SharedPostgres.migratedDatabase();
  private final VantagePoints node = node();
  private final VantagePoints otherNode = node();

  @Test
  void scannersOfOneVantagePointShareItsTargetsWhicheverNodeTheyAsk() {
    Lease first = hello(node, FIRST, PLACE).lease();
    assertThat(first.sole()).isTrue();
    assertThat(first.held()).hasSize(LeaseBook.SLICES);

    assertThat(hello(otherNode, SECOND, PLACE).lease().held()).isEmpty();
    Lease smaller = renew(otherNode, FIRST, first.number(), false).orElseThrow().lease();
    assertThat(smaller.sole()).isFalse();
    assertThat(smaller.held()).hasSize(LeaseBook.SLICES / 2);

    renew(node, FIRST, smaller.number(), false);
    passASecond();
    Lease second = renew(node, SECOND, 0, false).orElseThrow().lease();
    assertThat(second.held())
        .hasSize(LeaseBook.SLICES / 2)
        .doesNotContainAnyElementsOf(smaller.held());
  }

  @Test
  void otherVantagePointsHaveLeasesOfTheirOwn() {
    hello(node, FIRST, PLACE);
    assertThat(hello(node, SECOND, "elsewhere").lease().held()).hasSize(LeaseBook.SLICES);
  }

  @Test
  void anInstallationThatLeftOnePlaceMeasuresForAnother() {
    Lease first = hello(node, FIRST, PLACE).lease();
    assertThat(renew(node, FIRST, first.number(), true)).isPresent();
    assertThat(hello(node, FIRST, "elsewhere").lease().held()).hasSize(LeaseBook.SLICES);
    passASecond();
    assertThat(hello(node, SECOND, PLACE).lease().held()).hasSize(LeaseBook.SLICES);
  }

  @Test
  void noScannerElsewhereTakesTheSlicesOfAnInstallationByItsIdentifier() {
    Lease first = hello(node, FIRST, PLACE).lease();
    assertThat(hello(node, FIRST, "elsewhere").lease().held()).hasSize(LeaseBook.SLICES);
    assertThat(renew(node, FIRST, first.number(), false).orElseThrow().lease().held())
        .hasSize(LeaseBook.SLICES);
  }

  @Test
  void aRunThatNeverSaidHelloIsNotRenewed() {
    assertThat(renew(node, FIRST, 0, false)).isEmpty();
  }

  @Test
  void aTraceIsAskedOfTheScannerThatMeasuresTheTarget() {
    hello(node, FIRST, PLACE);
    hello(node, SECOND, PLACE);
    TraceRequests requests = new TraceRequests(database);
    requests.ask(PLACE, List.of("nyse"));
    requests.ask(PLACE, List.of("nyse", "nyse"));

    assertThat(renew(otherNode, SECOND, 0, false).orElseThrow().traceNow()).isEmpty();
    assertThat(renew(otherNode, FIRST, 1, false).orElseThrow().traceNow()).containsExactly("nyse");
    assertThat(renew(node, FIRST, 1, false).orElseThrow().traceNow()).isEmpty();
  }

  @Test
  void noMoreTracesAreAskedThanAVantagePointMayOwe() {
    hello(node, FIRST, PLACE);
    TraceRequests requests = new TraceRequests(database);
    requests.ask(PLACE, names(0, 600));
    requests.ask(PLACE, names(600, 1200));
    requests.ask(PLACE, names(1200, 1300));
    requests.ask("elsewhere", names(0, 10));

    assertThat(renew(node, FIRST, 0, false).orElseThrow().traceNow())
        .hasSize(1000)
        .containsAll(names(0, 600));
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj("target-%04d"::formatted).toList();
  }

  private static Assignment hello(VantagePoints at, UUID instance, String place) {
    Hello hello =
        new Hello(
            Hello.CONTRACT_VERSION,
            place,
            true,
            ProbeMode.RAW,
            instance,
            instance,
            SpoolState.EMPTY);
    return ((Introduction.Assigned) at.introduce(BY, hello)).assignment();
  }

  private static Optional<Renewed> renew(
      VantagePoints at, UUID instance, long obeyed, boolean leaving) {
    RenewalOutcome outcome =
        at.renew(
            BY, new Renewal(PLACE, true, instance, instance, obeyed, leaving, SpoolState.EMPTY));
    return outcome instanceof RenewalOutcome.Extended(Renewed renewed)
        ? Optional.of(renewed)
        : Optional.empty();
  }

  private VantagePoints node() {
    ScanConfig config = ScanConfig.from(Settings.of(Map.of()));
    return new VantagePoints(
        database,
        new Assignments(
            config, new Targets(Optional.empty()), TargetKit.nothingScheduled(database)),
        new Leases(config),
        Clock.systemUTC());
  }

  /** The slices' rest between two scanners, without waiting for it. */
  private void passASecond() {
    for (String sql :
        List.of(
            "update platform.slices set until = until - interval '1 second'",
            "update platform.scanners set lease_until = lease_until - interval '1 second'")) {
      database.run(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute(sql);
            }
          });
    }
  }
}
