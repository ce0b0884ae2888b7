package io.nettrace.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Paths are written as words: {@code a b|c * t} is router a, a balanced hop of b and c, silence,
 * and the target t; {@code !x} a hop that refuses; a path that does not end in t did not reach it.
 */
class RouteTrackerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private RouteTracker tracker = new RouteTracker(Origins.UNKNOWN);
  private Optional<RouteState> state = Optional.empty();
  private int traces;

  @Test
  void theFirstTraceIsTheRouteAndNoChange() {
    assertThat(see("a b t")).isInstanceOf(TraceVerdict.First.class);
    assertThat(see("a b t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void aChangeIsRecordedWhenASecondTraceConfirmsIt() {
    see("a b c t");
    assertThat(see("a d e t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    RouteChange change = changed(see("a d e t"));
    assertThat(change.observedAt()).isEqualTo(START.plusSeconds(2));
    assertThat(change.confirmedAt()).isEqualTo(START.plusSeconds(3));
    assertThat(change.rttNanosBefore()).isEqualTo(OptionalLong.of(1_000_000));
    assertThat(change.rttNanosAfter()).isEqualTo(OptionalLong.of(3_000_000));
    assertThat(change.before().hash()).isNotEqualTo(change.after().hash());
  }

  @Test
  void aSingleOddHopNeedsTwoConfirmations() {
    see("a b c t");
    see("a x c t");
    assertThat(see("a x c t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    assertThat(see("a x c t")).isInstanceOf(TraceVerdict.Changed.class);
  }

  @Test
  void aHopThatAlternatesIsLearntAsBalanced() {
    see("a b c t");
    see("a x c t");
    assertThat(see("a b c t")).isInstanceOf(TraceVerdict.Same.class);
    assertThat(see("a x c t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void silentHopsDifferFromNothing() {
    see("a b c t");
    assertThat(see("a * * t")).isInstanceOf(TraceVerdict.Same.class);
    assertThat(see("* b c t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void aLostTailDiffersFromNothing() {
    see("a b c t");
    assertThat(see("a b")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void anOutageIsNoRouteChange() {
    see("a b c t");
    assertThat(see("a b !b")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void aDestinationBehindALostHopHasAnUncertainDistance() {
    see("a b t");
    assertThat(see("a b * t")).isInstanceOf(TraceVerdict.Same.class);
    assertThat(see("a b t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void aPathThatGrewIsAChange() {
    see("a b t");
    see("a b c d t");
    assertThat(see("a b c d t")).isInstanceOf(TraceVerdict.Changed.class);
  }

  @Test
  void anotherMemberOfABalancedHopIsTheSameRoute() {
    see("a b|c d t");
    assertThat(see("a c d t")).isInstanceOf(TraceVerdict.Same.class);
    assertThat(see("a b d t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void somebodyNewAtABalancedHopBetweenKnownNeighboursIsAFurtherMember() {
    see("a b|c d t");
    for (int i = 0; i < 4; i++) {
      assertThat(see("a x d t")).isInstanceOf(TraceVerdict.Same.class);
    }
    assertThat(see("a b d t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void somebodyNewAtABalancedHopIsAChangeWhereANeighbourChangesToo() {
    see("a b|c d t");
    see("a x e t");
    assertThat(see("a x e t")).isInstanceOf(TraceVerdict.Changed.class);
  }

  @Test
  void extraFlowsThatMetTheNewRouteDoNotHideTheChange() {
    see("a b c t");
    assertThat(see("a b|x c|y t")).isInstanceOf(TraceVerdict.Same.class);
    assertThat(see("a x y t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    assertThat(see("a x y t")).isInstanceOf(TraceVerdict.Changed.class);
  }

  @Test
  void aTraceThatSaysNothingIsNeitherConfirmationNorDenial() {
    see("a b c t");
    see("a d e t");
    assertThat(see("a * * t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    assertThat(see("a d e t")).isInstanceOf(TraceVerdict.Changed.class);
  }

  @Test
  void aCandidateThatNothingSpeaksOfIsForgotten() {
    see("a b c t");
    see("a d e t");
    for (int i = 0; i < 5; i++) {
      assertThat(see("a * * t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    }
    assertThat(see("a * * t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void theSameTraceTwiceConfirmsNothing() {
    see("a b c t");
    see("a d e t");
    traces--;
    assertThat(see("a d e t")).isInstanceOf(TraceVerdict.Ignored.class);
  }

  @Test
  void otherAutonomousSystemsMakeItAnAsPathChange() {
    tracker = new RouteTracker(address -> OptionalLong.of(address.getAddress()[3] / 4));
    see("a b e t");
    see("a i m t");
    assertThat(changed(see("a i m t")).kind()).isEqualTo(RouteChange.Kind.AS_PATH);
  }

  @Test
  void exchangedMembersOfBalancedHopsAreABalancedChange() {
    see("a b|c d|e t");
    see("a f|g h|i t");
    assertThat(changed(see("a f|g h|i t")).kind()).isEqualTo(RouteChange.Kind.BALANCED);
  }

  @Test
  void aBalancedSetThatIsReplacedAsAWholeIsAChange() {
    see("a b|c d t");
    assertThat(see("a x|y d t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    assertThat(see("a y d t")).isInstanceOf(TraceVerdict.Unconfirmed.class);
    RouteChange change = changed(see("a x d t"));
    assertThat(change.kind()).isEqualTo(RouteChange.Kind.BALANCED);
    assertThat(change.observedAt()).isEqualTo(START.plusSeconds(2));
    assertThat(change.after().path().at(1)).containsExactlyInAnyOrder(address("x"), address("y"));
    assertThat(see("a x|y d t")).isInstanceOf(TraceVerdict.Same.class);
  }

  @Test
  void aBalancedSetThatShrinksToOneNewcomerIsAChangeAfterAWhile() {
    see("a b|c d t");
    for (int i = 0; i < 7; i++) {
      assertThat(see("a x d t")).isInstanceOf(TraceVerdict.Same.class);
    }
    assertThat(changed(see("a x d t")).kind()).isEqualTo(RouteChange.Kind.IP_PATH);
  }

  @Test
  void newcomersThatAreSeenWithAnOldMemberInBetweenAreFurtherMembers() {
    see("a b|c d t");
    for (int i = 0; i < 20; i++) {
      assertThat(see("a x|y d t")).isNotInstanceOf(TraceVerdict.Changed.class);
      assertThat(see("a c d t")).isNotInstanceOf(TraceVerdict.Changed.class);
    }
    assertThat(state.orElseThrow().current().path().at(1)).hasSize(4);
  }

  @Test
  void anotherInterfaceOfTheSameSiteIsTheSameRouteAndHasTheSameName() {
    tracker = new RouteTracker(_ -> OptionalLong.of(64_500));
    see("a b c t");
    String name = state.orElseThrow().current().hash();
    for (int i = 0; i < 5; i++) {
      assertThat(see("a x y t")).isInstanceOf(TraceVerdict.Same.class);
    }
    state = Optional.empty();
    see("a x y t");
    assertThat(state.orElseThrow().current().hash()).isEqualTo(name);
  }

  @Test
  void otherRoutersOfTheSameSystemMakeItAnIpPathChange() {
    see("a b c t");
    see("a f g t");
    RouteChange change = changed(see("a f g t"));
    Origins same = _ -> OptionalLong.of(64_500);
    assertThat(
            ChangeKind.of(
                change.before().path(),
                change.after().path(),
                same,
                new HopIdentity(Origins.UNKNOWN, address("t"))))
        .isEqualTo(RouteChange.Kind.IP_PATH);
  }

  @Test
  void aSystemThatWasSilentBeforeIsNoOtherSystem() {
    tracker = new RouteTracker(address -> OptionalLong.of(address.getAddress()[3] / 4));
    see("a * b t");
    see("a e c d t");
    RouteChange change = changed(see("a e c d t"));
    assertThat(change.kind()).isNotEqualTo(RouteChange.Kind.AS_PATH);
  }

  @Test
  void aSilentHopStandsForOneHopAndNotForAWholeOtherWay() {
    tracker = new RouteTracker(address -> OptionalLong.of(address.getAddress()[3] / 4));
    see("a * e f t");
    see("a i j * t");
    see("a i j * t");
    assertThat(changed(see("a i j * t")).kind()).isEqualTo(RouteChange.Kind.AS_PATH);
  }

  /** The state as it was written before routes were told apart by system and prefix. */
  @Test
  void aStateOfTheVersionBeforeKeepsItsNameAndSeesNoChange() {
    tracker = new RouteTracker(_ -> OptionalLong.of(64_500));
    state =
        Optional.of(
            RouteStateJson.read(
                """
                {"current":{"hash":"5f0c1d2e3a4b5c6d","path":{"hops":[["192.0.2.0"],
                ["192.0.2.1","192.0.2.2"],[],["192.0.2.19"]],"complete":true}},
                "rumoured":{"hops":[],"complete":false},"candidate":null,"earlier":[],
                "tracedAt":"2025-12-31T23:00:00Z","rttNanos":1000000}
                """));
    for (int i = 0; i < 5; i++) {
      assertThat(see("a b|c d t")).isInstanceOf(TraceVerdict.Same.class);
    }
    assertThat(state.orElseThrow().current().hash()).isEqualTo("5f0c1d2e3a4b5c6d");
  }

  @Test
  void newcomersThatWaitSurviveTheJsonForm() {
    see("a b|c d t");
    see("a x|y d t");
    RouteState before = state.orElseThrow();
    assertThat(before.replacement()).isPresent();
    assertThat(RouteStateJson.read(RouteStateJson.write(before))).isEqualTo(before);
  }

  @Test
  void aStateSurvivesItsJsonForm() {
    see("a b|c * d t");
    see("a x y t");
    RouteState before = state.orElseThrow();
    assertThat(RouteStateJson.read(RouteStateJson.write(before))).isEqualTo(before);
  }

  private static RouteChange changed(TraceVerdict verdict) {
    assertThat(verdict).isInstanceOf(TraceVerdict.Changed.class);
    return ((TraceVerdict.Changed) verdict).change();
  }

  private TraceVerdict see(String path) {
    traces++;
    RouteTracker.Step step = tracker.observe(state, trace(path)).orElseThrow();
    state = Optional.of(step.state());
    return step.verdict();
  }

  private Trace trace(String path) {
    List<String> words = Arrays.asList(path.split(" "));
    boolean reached = words.getLast().equals("t");
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      hops.add(hop(i + 1, words.get(i)));
    }
    return new Trace(
        START.plusSeconds(traces),
        address("t"),
        Protocol.ICMP,
        ProbeMode.RAW,
        hops,
        reached ? TraceEnd.DESTINATION_REACHED : TraceEnd.SILENCE);
  }

  private Hop hop(int ttl, String word) {
    if (word.equals("*")) {
      return Hop.silent(ttl);
    }
    if (word.startsWith("!")) {
      return new Hop(ttl, HopState.UNREACHABLE, List.of(reply(word.substring(1))));
    }
    List<HopReply> replies = Arrays.stream(word.split("\\|")).map(this::reply).toList();
    return new Hop(ttl, replies.size() > 1 ? HopState.BALANCED : HopState.ANSWERED, replies);
  }

  private HopReply reply(String name) {
    return new HopReply(address(name), traces * 1_000_000L, List.of());
  }

  private static InetAddress address(String letter) {
    return InetAddress.ofLiteral("192.0.2." + (letter.charAt(0) - 'a'));
  }
}
