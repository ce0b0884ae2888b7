package io.nettrace.scanner.cycle;

import io.nettrace.scanner.OwnFault;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a name server that fails from a name that does: names of several targets without any
 * answer, and none answered since, are a fault of ours. Confined to the cycle's thread.
 */
final class ResolverWatch {
  private static final int ENOUGH = 3;

  private final Consumer<OwnFault> told;
  private final Set<String> unanswered = new HashSet<>();
  private Optional<OwnFault> fault = Optional.empty();
  private Instant newest = Instant.MIN;
  private Instant firstFailure = Instant.MAX;

  ResolverWatch(Consumer<OwnFault> told) {
    this.told = told;
  }

  /**
   * An answer, perhaps one that was given earlier and is still valid. After the clock was set back
   * any is believed to be new.
   */
  void answered(Instant resolvedAt, Instant now) {
    boolean setBack = newest.isAfter(now);
    if (!resolvedAt.isAfter(newest) && !setBack) {
      return;
    }
    newest = resolvedAt;
    unanswered.clear();
    fault.ifPresent(begun -> told.accept(begun.ended(now)));
    fault = Optional.empty();
  }

  /** No name server said anything of the host's name; true when the fault begins with it. */
  boolean unanswered(String targetId, Instant now) {
    if (unanswered.isEmpty()) {
      firstFailure = now;
    }
    unanswered.add(targetId);
    if (fault.isPresent() || unanswered.size() < ENOUGH) {
      return false;
    }
    OwnFault begun =
        new OwnFault(
            OwnFault.Kind.RESOLVER,
            firstFailure,
            Optional.empty(),
            unanswered.size(),
            OwnFault.NO_NAME_SERVER);
    fault = Optional.of(begun);
    told.accept(begun);
    return true;
  }
}
