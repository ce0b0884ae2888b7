package io.nettrace.route;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Whether two paths can have passed the same autonomous systems in the same order. A system may
 * take several hops, on one path more than on the other; an unknown hop may be any one hop of the
 * other path, so that silence never looks like another system; what follows a path that did not
 * arrive may be anything.
 */
final class SameSystems {

  /** At each distance the systems seen there, an empty set where nobody is known. */
  record Visits(List<Set<Long>> hops, boolean complete) {}

  private final Visits a;
  private final Visits b;

  SameSystems(Visits a, Visits b) {
    this.a = a;
    this.b = b;
  }

  /** Filled from the end: whether what follows (i, j) can be matched. */
  boolean holds() {
    int most = a.hops.size();
    int mostOther = b.hops.size();
    boolean[][] rest = new boolean[most + 2][mostOther + 2];
    for (int i = most; i >= 0; i--) {
      for (int j = mostOther; j >= 0; j--) {
        boolean ended = i == most && (j == mostOther || !a.complete);
        boolean otherEnded = j == mostOther && (i == most || !b.complete);
        rest[i][j] = ended || otherEnded || matches(i, j, rest);
      }
    }
    return rest[0][0];
  }

  /** Beyond the ends nothing matches: the table has a margin that stays false. */
  private boolean matches(int i, int j, boolean[][] rest) {
    boolean inside = i < a.hops.size() && j < b.hops.size();
    if (i < a.hops.size() && a.hops.get(i).isEmpty()) {
      return rest[i + 1][j] || (inside && rest[i + 1][j + 1]) || skipsOther(i, j, rest);
    }
    if (skipsOther(i, j, rest)) {
      return true;
    }
    return inside
        && !Collections.disjoint(a.hops.get(i), b.hops.get(j))
        && (rest[i + 1][j + 1] || rest[i + 1][j] || rest[i][j + 1]);
  }

  private boolean skipsOther(int i, int j, boolean[][] rest) {
    return j < b.hops.size()
        && b.hops.get(j).isEmpty()
        && (rest[i][j + 1] || (i < a.hops.size() && rest[i + 1][j + 1]));
  }
}
