package io.nettrace.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths are written as words: {@code a b|c * t}; results as {@code =a ~b>x +y -c}. */
class PathDiffTest {
  @ParameterizedTest
  @CsvSource({
    "a b c t, a b c t, =a>a =b>b =c>c =t>t",
    "a b c t, a x c t, =a>a ~b>x =c>c =t>t",
    "a b c t, a c t, =a>a -b =c>c =t>t",
    "a c t, a b c t, =a>a +b =c>c =t>t",
    "a b c d t, a x y z d t, =a>a ~b>x ~c>y +z =d>d =t>t",
    "a b|c d t, a c d t, =a>a =b>c =d>d =t>t",
    "a * c t, a b c t, =a>a =*>b =c>c =t>t",
    "a * c t, a x * c t, =a>a +x =*>* =c>c =t>t",
    "a b t, x y z, ~a>x ~b>y ~t>z"
  })
  void hopsAreAlignedByWhoTheyAre(String before, String after, String expected) {
    PathDiff diff = PathDiff.of(hops(before, 1), hops(after, 1), Origins.UNKNOWN);
    assertThat(text(diff)).isEqualTo(expected);
    assertThat(diff.isSame()).isEqualTo(expected.matches("(=\\S+ ?)+"));
  }

  @Test
  void stepsCarryTheDifferenceOfDelayAndTheSystems() {
    PathDiff diff =
        PathDiff.of(
            hops("a b * t", 5),
            hops("a x * t", 8),
            address -> OptionalLong.of(address.getAddress()[3]));
    assertThat(diff.steps())
        .extracting(PathDiff.Step::rttNanosDifference)
        .containsExactly(
            OptionalLong.of(3), OptionalLong.of(3), OptionalLong.empty(), OptionalLong.of(3));
    assertThat(diff.steps().get(1).asnBefore()).hasValue(1);
    assertThat(diff.steps().get(1).asnAfter()).hasValue('x' - 'a');
  }

  @Test
  void everyHopOfBothPathsStandsInItExactlyOnceAndInOrder() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 500; i++) {
      List<Hop> before = hops(words(random), 1);
      List<Hop> after = hops(words(random), 1);
      PathDiff diff = PathDiff.of(before, after, Origins.UNKNOWN);
      assertThat(diff.steps().stream().flatMap(s -> s.before().stream())).isEqualTo(before);
      assertThat(diff.steps().stream().flatMap(s -> s.after().stream())).isEqualTo(after);
    }
  }

  private static String words(SplittableRandom random) {
    return random
        .ints(random.nextInt(1, 20), 0, 12)
        .mapToObj(n -> n == 0 ? "*" : Character.toString('a' + n))
        .collect(Collectors.joining(" "));
  }

  private static String text(PathDiff diff) {
    return diff.steps().stream()
        .map(
            step ->
                switch (step.outcome()) {
                  case SAME -> "=" + name(step.before().orElseThrow()) + ">" + after(step);
                  case CHANGED -> "~" + name(step.before().orElseThrow()) + ">" + after(step);
                  case ADDED -> "+" + after(step);
                  case REMOVED -> "-" + name(step.before().orElseThrow());
                })
        .collect(Collectors.joining(" "));
  }

  private static String after(PathDiff.Step step) {
    return name(step.after().orElseThrow());
  }

  private static String name(Hop hop) {
    return hop.replies().isEmpty()
        ? "*"
        : Character.toString('a' + hop.replies().getFirst().address().getAddress()[3]);
  }

  private static List<Hop> hops(String path, long rttNanos) {
    List<Hop> hops = new ArrayList<>();
    for (String word : Arrays.asList(path.split(" "))) {
      int ttl = hops.size() + 1;
      List<HopReply> replies =
          Arrays.stream(word.split("\\|"))
              .filter(name -> !name.equals("*"))
              .map(name -> new HopReply(address(name), rttNanos, List.of()))
              .toList();
      hops.add(
          replies.isEmpty()
              ? Hop.silent(ttl)
              : new Hop(ttl, replies.size() > 1 ? HopState.BALANCED : HopState.ANSWERED, replies));
    }
    return hops;
  }

  private static InetAddress address(String letter) {
    return InetAddress.ofLiteral("192.0.2." + (letter.charAt(0) - 'a'));
  }
}
