package io.nettrace.scanner.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.cycle.AddressPool.Change;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two days of a name with a time to live of 30 s, of which one answer in two is new. */
class AddressPoolTest {
  private static final int ANSWERS = 5_760;
  private static final long SEED = Long.getLong("nettrace.test.seed", 42);

  private final Random random = new Random(SEED);
  private final AddressPool pool = new AddressPool();
  private final Set<InetAddress> probed = new HashSet<>();

  @Test
  void aPoolOfFortyOfWhichEightAreDealtIsLearnedAndMakesNoEvents() {
    Map<Change, Integer> day = run(_ -> dealt(40, 8));
    assertThat(day.getOrDefault(Change.MOVED, 0)).isLessThanOrEqualTo(4);
    assertThat(day.getOrDefault(Change.GROWN, 0)).isLessThanOrEqualTo(10);
    probed.clear();
    assertThat(run(_ -> dealt(40, 8))).containsOnlyKeys(Change.NONE);
    assertThat(probed).hasSize(1);
  }

  @Test
  void fourAddressesInNewOrderAreTheSame() {
    assertThat(run(_ -> sorted(dealt(4, 4)))).containsEntry(Change.NONE, ANSWERS - 1);
  }

  @Test
  void aFamilyThatIsMissingFromSomeAnswersChangesNothing() {
    List<InetAddress> both = List.of(address(1), InetAddress.ofLiteral("2001:db8::1"));
    assertThat(run(i -> i % 4 == 0 ? both.subList(0, 1) : both).getOrDefault(Change.MOVED, 0))
        .isEqualTo(1);
  }

  @Test
  void oneOfFourAtATimeIsLearnedInAFewMoves() {
    assertThat(run(i -> List.of(address(1 + i % 4)))).containsEntry(Change.MOVED, 4);
    assertThat(run(_ -> dealt(4, 1)).getOrDefault(Change.MOVED, 0)).isLessThanOrEqualTo(6);
  }

  @Test
  void twoInTurnAreOneMoveAndThenOneSeries() {
    assertThat(run(i -> List.of(address(1 + i % 2)))).containsEntry(Change.MOVED, 2);
  }

  @Test
  void aNameThatMovesIsFollowedAtOnce() {
    pool.answered(List.of(address(1)));
    assertThat(pool.answered(List.of(address(2)))).isEqualTo(Change.MOVED);
    assertThat(pool.probed()).hasValue(address(2));
  }

  @Test
  void aNameThatReturnsForGoodIsFollowedAfterAFewAnswers() {
    pool.answered(List.of(address(1)));
    pool.answered(List.of(address(2)));
    int answers = 1;
    while (pool.answered(List.of(address(1))) != Change.MOVED) {
      answers++;
    }
    assertThat(answers).isLessThanOrEqualTo(5);
  }

  @Test
  void anAddressThatIsMissingAndSilentIsLeftAtOnce() {
    pool.answered(List.of(address(1), address(2)));
    pool.heard(false);
    assertThat(pool.answered(List.of(address(2)))).isEqualTo(Change.MOVED);
    assertThat(pool.probed()).hasValue(address(2));
    assertThat(pool.told(List.of(address(1), address(2)))).containsExactly(address(2), address(1));
  }

  private Map<Change, Integer> run(IntFunction<List<InetAddress>> answers) {
    Map<Change, Integer> changes = new EnumMap<>(Change.class);
    for (int i = 0; i < ANSWERS; i++) {
      changes.merge(pool.answered(answers.apply(i)), 1, Integer::sum);
      probed.add(pool.probed().orElseThrow());
    }
    return changes;
  }

  private List<InetAddress> dealt(int of, int count) {
    List<InetAddress> all =
        new ArrayList<>(IntStream.rangeClosed(1, of).mapToObj(AddressPoolTest::address).toList());
    Collections.shuffle(all, random);
    return sorted(all.subList(0, count));
  }

  /** As the resolver hands them over. */
  private static List<InetAddress> sorted(List<InetAddress> addresses) {
    return addresses.stream()
        .sorted((a, b) -> Integer.compare(a.getAddress()[3], b.getAddress()[3]))
        .toList();
  }

  private static InetAddress address(int last) {
    return InetAddress.ofLiteral("203.0.113." + last);
  }
}
