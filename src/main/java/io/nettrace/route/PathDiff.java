package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Hop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Two paths laid side by side: the longest sequence of hops that both have is the same, and what
 * stands between is changed, added or removed.
 */
public record PathDiff(List<Step> steps) {
  /** Far above any path; the table of the comparison is bounded by its square. */
  private static final int MOST_HOPS = 255;

  public PathDiff {
    steps = List.copyOf(steps);
  }

  /** What became of a hop. */
  public enum Outcome {
    SAME,
    CHANGED,
    ADDED,
    REMOVED
  }

  /**
   * One line of the comparison.
   *
   * @param before absent exactly when it was added
   * @param after absent exactly when it was removed
   * @param asnBefore autonomous system of the hop's own flow, where it is known
   * @param rttNanosDifference after minus before; empty unless both answered
   */
  public record Step(
      Outcome outcome,
      Optional<Hop> before,
      Optional<Hop> after,
      OptionalLong asnBefore,
      OptionalLong asnAfter,
      OptionalLong rttNanosDifference) {}

  /** Compares hops of one address's path, in order of distance. */
  public static PathDiff of(List<Hop> before, List<Hop> after, Origins origins) {
    List<Hop> a = before.subList(0, Math.min(before.size(), MOST_HOPS));
    List<Hop> b = after.subList(0, Math.min(after.size(), MOST_HOPS));
    return new PathDiff(new Alignment(a, b).pairs().stream().map(p -> step(p, origins)).toList());
  }

  /** Nothing was changed, added or removed. */
  public boolean isSame() {
    return steps.stream().allMatch(step -> step.outcome == Outcome.SAME);
  }

  private record Pair(Outcome outcome, Optional<Hop> before, Optional<Hop> after) {}

  private static Step step(Pair pair, Origins origins) {
    OptionalLong from = pair.before.map(Hop::rttNanos).orElse(OptionalLong.empty());
    OptionalLong to = pair.after.map(Hop::rttNanos).orElse(OptionalLong.empty());
    return new Step(
        pair.outcome,
        pair.before,
        pair.after,
        asn(pair.before, origins),
        asn(pair.after, origins),
        from.isPresent() && to.isPresent()
            ? OptionalLong.of(to.getAsLong() - from.getAsLong())
            : OptionalLong.empty());
  }

  private static OptionalLong asn(Optional<Hop> hop, Origins origins) {
    return hop.filter(h -> !h.replies().isEmpty())
        .map(h -> origins.asn(h.replies().getFirst().address()))
        .orElse(OptionalLong.empty());
  }

  /** The longest common subsequence of hops, and what is left between its members. */
  private static final class Alignment {
    private final List<Hop> a;
    private final List<Hop> b;
    private final int[][] common;

    Alignment(List<Hop> a, List<Hop> b) {
      this.a = a;
      this.b = b;
      this.common = new int[a.size() + 1][b.size() + 1];
      for (int i = a.size() - 1; i >= 0; i--) {
        for (int j = b.size() - 1; j >= 0; j--) {
          int apart = Math.max(common[i + 1][j], common[i][j + 1]);
          common[i][j] = Math.max(apart, together(i, j));
        }
      }
    }

    List<Pair> pairs() {
      List<Pair> pairs = new ArrayList<>();
      List<Hop> left = new ArrayList<>();
      List<Hop> taken = new ArrayList<>();
      int i = 0;
      int j = 0;
      while (i < a.size() && j < b.size()) {
        if (isCommon(i, j)) {
          between(left, taken, pairs);
          pairs.add(new Pair(Outcome.SAME, Optional.of(a.get(i++)), Optional.of(b.get(j++))));
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          left.add(a.get(i++));
        } else {
          taken.add(b.get(j++));
        }
      }
      left.addAll(a.subList(i, a.size()));
      taken.addAll(b.subList(j, b.size()));
      between(left, taken, pairs);
      return pairs;
    }

    private boolean isCommon(int i, int j) {
      return matches(a.get(i), b.get(j)) && common[i][j] == together(i, j);
    }

    private int together(int i, int j) {
      return matches(a.get(i), b.get(j)) ? weight(a.get(i), b.get(j)) + common[i + 1][j + 1] : 0;
    }

    /** Hops that stand between the same neighbours are one another's successors, in order. */
    private static void between(List<Hop> left, List<Hop> taken, List<Pair> pairs) {
      for (int k = 0; k < Math.max(left.size(), taken.size()); k++) {
        Optional<Hop> before = k < left.size() ? Optional.of(left.get(k)) : Optional.empty();
        Optional<Hop> after = k < taken.size() ? Optional.of(taken.get(k)) : Optional.empty();
        pairs.add(new Pair(outcome(before, after), before, after));
      }
      left.clear();
      taken.clear();
    }

    private static Outcome outcome(Optional<Hop> before, Optional<Hop> after) {
      if (before.isPresent() && after.isPresent()) {
        return Outcome.CHANGED;
      }
      return before.isPresent() ? Outcome.REMOVED : Outcome.ADDED;
    }

    /** Silence says nothing: it may be what the other knows at the same distance. */
    private static boolean matches(Hop before, Hop after) {
      boolean known = !before.addresses().isEmpty();
      if (known && !after.addresses().isEmpty()) {
        return !Collections.disjoint(before.addresses(), after.addresses());
      }
      return known == !after.addresses().isEmpty() || before.ttl() == after.ttl();
    }

    /** A hop that is known to be the same outweighs any number of silent ones. */
    private static int weight(Hop before, Hop after) {
      boolean known = !before.addresses().isEmpty();
      if (known && !after.addresses().isEmpty()) {
        return 2 * MOST_HOPS + 1;
      }
      return known == !after.addresses().isEmpty() ? 2 : 1;
    }
  }
}
