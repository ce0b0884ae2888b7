package io.nettrace.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.PlacesKit;
import io.nettrace.metric.AnswerSet;
import io.nettrace.platform.Database;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.Resolution;
import io.nettrace.testing.MortalSource;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgeMovesIT {
  private static final VantagePoint LAB = new VantagePoint("lab-ewr", true);

  private final MortalSource source = new MortalSource(SharedPostgres.migratedSource());
  private final Database database = new Database(() -> source);
  private final RoutesKit kit =
      new RoutesKit(database, PlacesKit.labOnly(database), new AskedTraces(database));
  private final RecordKit record = new RecordKit(database, kit.routes());
  private Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

  @Test
  void anotherProbedAddressIsAMoveAndNoChangeOfRoute() {
    answer("198.19.1.5");
    answer("198.19.2.7");
    assertThat(moves())
        .singleElement()
        .satisfies(
            move -> {
              assertThat(move.kind()).isEqualTo(EdgeMove.Kind.PROBED_ADDRESS);
              assertThat(move.observedAt()).isEqualTo(at.minusSeconds(60));
              assertThat(move.before()).containsExactly(InetAddress.ofLiteral("198.19.1.5"));
              assertThat(move.after()).containsExactly(InetAddress.ofLiteral("198.19.2.7"));
              assertThat(move.asnBefore()).hasValue(4_200_000_000L);
              assertThat(move.asnAfter()).hasValue(4_200_000_001L);
              assertThat(move.returning()).isFalse();
            });
    assertThat(kit.changes().list(all(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void theSameAnswerAfterARestartOfTheScannerIsNoMove() {
    answer("198.19.1.5", "198.19.1.6");
    answer("198.19.1.5", "198.19.1.6");
    assertThat(moves()).isEmpty();
  }

  @Test
  void otherAddressesBehindTheProbedOneAreAMoveOfTheAnswerSet() {
    answer("198.19.1.5", "198.19.1.6");
    answer("198.19.1.5", "198.19.1.7");
    assertThat(moves()).extracting(EdgeMove::kind).containsExactly(EdgeMove.Kind.ANSWER_SET);
  }

  @Test
  void knownAddressesDealtAnewBehindTheProbedOneAreNoMove() {
    answer("198.19.1.5", "198.19.1.6");
    answer("198.19.1.5", "198.19.1.7");
    answer("198.19.1.5", "198.19.1.6");
    assertThat(moves()).hasSize(1);
  }

  @Test
  void anAddressThatComesBackIsMarkedAndPagesFollowOneAnother() {
    answer("198.19.1.5");
    answer("198.19.1.6");
    answer("198.19.1.5");
    assertThat(moves()).extracting(EdgeMove::returning).containsExactly(false, true);
    EdgeMove first = kit.moves().list(all(), Optional.empty(), 1).getFirst();
    assertThat(kit.moves().list(all(), Optional.of(first.position()), 5))
        .containsExactly(moves().getLast());
  }

  @Test
  void answersOfOneDeliveryAreComparedInOrderOfTime() {
    Resolution.Resolved first = resolved("nyse", "198.19.1.5");
    Resolution.Resolved second = resolved("nyse", "198.19.1.6");
    Resolution.Resolved third = resolved("nyse", "198.19.1.7");
    store(List.of(third, first, second));
    assertThat(moves())
        .extracting(move -> move.after().getFirst().getHostAddress())
        .containsExactly("198.19.1.6", "198.19.1.7");
  }

  @Test
  void answersOfOneDeliveryAreComparedWithThoseOfTheirOwnTarget() {
    store(List.of(resolved("nyse", "198.19.1.5"), resolved("nasdaq", "198.19.2.7")));
    store(
        List.of(
            resolved("nyse", "198.19.2.7"),
            resolved("nasdaq", "198.19.2.7"),
            resolved("lse", "198.19.1.5"),
            resolved("nyse", "198.19.1.5")));
    assertThat(moves()).extracting(EdgeMove::targetId).containsExactly("nyse", "nyse");
    assertThat(moves()).extracting(EdgeMove::returning).containsExactly(false, true);
  }

  @Test
  void whatIsOlderThanAWeekOrFailedIsNotComparedWith() {
    Instant now = at;
    at = now.minus(8, ChronoUnit.DAYS);
    answer("198.19.1.5");
    at = now;
    store(List.of(new Resolution.Failed("nyse", "www.nyse.com", at, "no such name")));
    at = now.plusSeconds(60);
    answer("198.19.2.7");
    assertThat(moves()).isEmpty();
  }

  @Test
  void manyAnswersAreComparedInOneStatementAndTheirMovesStoredInOne() {
    store(resolvedForMany("198.19.1.5"));
    List<String> statements = new ArrayList<>();
    boolean _ =
        source.dies(
            (_, what) -> {
              statements.add(what);
              return false;
            },
            () -> store(resolvedForMany("198.19.2.7")));
    assertThat(statements).filteredOn(sql -> sql.contains("from answer_sets")).hasSize(1);
    assertThat(statements).filteredOn(sql -> sql.contains("into edge_moves")).hasSize(1);
    assertThat(kit.moves().list(all(), Optional.empty(), 100)).hasSize(20);
  }

  private List<Resolution> resolvedForMany(String address) {
    return IntStream.range(0, 20)
        .<Resolution>mapToObj(i -> resolved("target-" + i, address))
        .toList();
  }

  private void answer(String... addresses) {
    store(List.of(resolved("nyse", addresses)));
  }

  private Resolution.Resolved resolved(String targetId, String... addresses) {
    List<InetAddress> all = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    AnswerSet answers = new AnswerSet("www.nyse.com", at, all, Duration.ofSeconds(60));
    at = at.plusSeconds(60);
    return new Resolution.Resolved(targetId, answers);
  }

  private void store(List<Resolution> resolutions) {
    record.store(new AcceptedScan(LAB, at, List.of(), List.of(), resolutions, 0));
  }

  private List<EdgeMove> moves() {
    return kit.moves().list(all(), Optional.empty(), 10);
  }

  private static EventRange all() {
    return new EventRange(
        Optional.empty(),
        Optional.of(LAB.name()),
        Instant.now().minus(2, ChronoUnit.HOURS),
        Instant.now().plus(1, ChronoUnit.HOURS));
  }
}
