package io.nettrace.scanner.cycle;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses a name has led to, and the one of them that is probed. Names of large services are
 * dealt a few addresses of a pool at a time, so one answer is never the whole truth: the probed
 * address stays while it is answered or was lately, however the others are dealt.
 *
 * <p>How long it may be missing depends on what the name has shown. A name that never rotated has
 * moved when its address is gone from the answer. One whose answers share addresses, or that came
 * back to a former one, rotates: its address may be missing from many answers in a row, the longer
 * the more often that proved wrong. An address that is missing and does not answer is left at once.
 */
final class AddressPool {
  /** Addresses of one name that are known, the least lately answered forgotten first. */
  static final int MOST = 512;

  private static final int PATIENCE_AFTER_RETURN = 4;
  private static final int PATIENCE_OF_POOLS = 64;
  private static final int MOST_PATIENCE = 512;

  private final Set<InetAddress> known = new LinkedHashSet<>();
  private Optional<InetAddress> probed = Optional.empty();
  private int missing;
  private int patience;
  private boolean silent;

  /** What an answer changed. */
  enum Change {
    /** Nothing worth telling: the same addresses, or others of the same pool. */
    NONE,
    /** The same address is probed; there are others that no answer had before. */
    GROWN,
    /** Another address is probed now. */
    MOVED
  }

  /** Takes an answer, which is not empty. */
  Change answered(List<InetAddress> answer) {
    boolean first = known.isEmpty();
    long before = answer.stream().filter(known::contains).count();
    boolean there = probed.filter(answer::contains).isPresent();
    boolean grown = before < answer.size();
    remember(answer);
    if (first) {
      probed = Optional.of(answer.getFirst());
      return Change.MOVED;
    }
    if (there) {
      missing = 0;
      return grown && patience < PATIENCE_OF_POOLS ? Change.GROWN : Change.NONE;
    }
    learn(answer.size(), before);
    missing++;
    if (missing <= patience && !silent) {
      return Change.NONE;
    }
    move(answer, before > 0);
    return Change.MOVED;
  }

  /** The probed address did, or did not, answer a whole burst. */
  void heard(boolean anything) {
    silent = !anything;
  }

  Optional<InetAddress> probed() {
    return probed;
  }

  /** The answer as it is told: the probed address first. */
  List<InetAddress> told(List<InetAddress> answer) {
    List<InetAddress> told = new ArrayList<>();
    probed.ifPresent(told::add);
    answer.stream().filter(address -> !told.contains(address)).forEach(told::add);
    return told;
  }

  /** Some of several known: a pool. All known: the name came back to where it was. */
  private void learn(int size, long before) {
    if (before > 0 && size > 1) {
      patience = Math.max(patience, PATIENCE_OF_POOLS);
    } else if (before > 0) {
      patience = Math.max(patience, PATIENCE_AFTER_RETURN);
    }
  }

  private void move(List<InetAddress> answer, boolean toKnown) {
    if (toKnown) {
      patience = Math.min(MOST_PATIENCE, 2 * patience);
    }
    probed = Optional.of(answer.getFirst());
    missing = 0;
    silent = false;
  }

  private void remember(List<InetAddress> answer) {
    known.removeAll(answer);
    known.addAll(answer);
    while (known.size() > MOST) {
      known.remove(known.iterator().next());
    }
  }
}
