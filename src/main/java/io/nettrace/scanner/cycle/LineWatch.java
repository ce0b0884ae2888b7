package io.nettrace.scanner.cycle;

import io.nettrace.scanner.OwnFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Tells the silence of targets from a fault of our own line. Loss of one target is believed as soon
 * as another target has answered what was asked later; until then it is held back. When many
 * targets that had answered are silent and none answers, the line is at fault: one fault is told,
 * what was held back is dropped, and so is all that is lost until something answers again.
 *
 * <p>Only witnesses accuse the line or acquit it: what a tenant has us measure must not speak for
 * all others. With a single witness nothing can be told apart and everything is believed at once.
 * Confined to the cycle's thread; times are its monotonic nanoseconds.
 */
final class LineWatch {
  /** Silent targets that are enough, as a share of those that answer, and at least and at most. */
  private static final int SHARE = 10;

  private static final int LEAST = 3;
  private static final int MOST = 20;

  /** Where nothing has ever answered, so many must be silent. */
  private static final int LEAST_AT_START = 10;

  private static final long LOSS_AFTER_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_HOLD_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int MOST_HELD = 20_000;

  /** The record tells times no finer than microseconds apart. */
  private static final Duration TICK = Duration.ofMillis(1);

  private final IntSupplier witnesses;
  private final Consumer<OwnFault> told;
  private final Set<String> answering = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> othersAnswering = new HashSet<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private Optional<OwnFault> fault = Optional.empty();
  private long lastAnswered = Long.MIN_VALUE;
  private Instant lastAnsweredAt = Instant.MIN;
  private long recovered = Long.MIN_VALUE;

  /** What became of a measurement: when it began, how much was sent, answered, and could not be. */
  record Outcome(
      String targetId,
      boolean witness,
      Instant beganAt,
      long begunNanos,
      long endedNanos,
      int sent,
      int received) {
    Instant endedAt() {
      return beganAt.plusNanos(endedNanos - begunNanos);
    }

    boolean isSilent() {
      return received == 0;
    }

    boolean isWhole() {
      return received > 0 && received == sent;
    }
  }

  /** Something lost; believed once something that was asked after {@code provedAfter} answers. */
  private record Held(Outcome outcome, long provedAfter, Runnable belief) {}

  /** {@code witnesses} is how many of them are measured here. */
  LineWatch(IntSupplier witnesses, Consumer<OwnFault> told) {
    this.witnesses = witnesses;
    this.told = told;
  }

  /** Believes the measurement now, later, or never. */
  void judge(Outcome outcome, Runnable belief) {
    if (outcome.witness()) {
      othersAnswering.remove(outcome.targetId());
    } else {
      answering.remove(outcome.targetId());
      silent.remove(outcome.targetId());
    }
    if (!outcome.isSilent() && outcome.witness()) {
      answered(outcome);
    } else if (!outcome.isSilent()) {
      othersAnswering.add(outcome.targetId());
    }
    if (outcome.isWhole()) {
      belief.run();
    } else if (fault.isEmpty() && outcome.begunNanos() >= recovered) {
      lost(outcome, belief);
    }
    believeOld(outcome.endedNanos());
  }

  /** Whether our own line is at fault at present. */
  boolean isDown() {
    return fault.isPresent();
  }

  /** The target is measured here no longer. */
  void forget(String targetId) {
    answering.remove(targetId);
    silent.remove(targetId);
    othersAnswering.remove(targetId);
  }

  private void answered(Outcome outcome) {
    answering.add(outcome.targetId());
    silent.clear();
    if (outcome.begunNanos() >= lastAnswered) {
      lastAnswered = outcome.begunNanos();
      lastAnsweredAt = outcome.beganAt();
    }
    if (fault.isPresent()) {
      told.accept(fault.get().ended(outcome.endedAt()));
      fault = Optional.empty();
      recovered = outcome.endedNanos();
    }
    believeProved();
  }

  private void lost(Outcome outcome, Runnable belief) {
    long provedAfter =
        outcome.isSilent() ? outcome.begunNanos() : outcome.endedNanos() - LOSS_AFTER_NANOS;
    if (!isTelling(outcome.targetId()) || lastAnswered >= provedAfter) {
      belief.run();
      return;
    }
    held.add(new Held(outcome, provedAfter, belief));
    if (outcome.isSilent() && outcome.witness()) {
      silent.add(outcome.targetId());
    }
    if (!silent.isEmpty() && silent.size() >= enough()) {
      begin(outcome);
    } else if (held.size() > MOST_HELD) {
      held.removeFirst().belief().run();
    }
  }

  /** Whether the target's silence is news, and there are others to compare it with. */
  private boolean isTelling(String targetId) {
    return answering.isEmpty()
        ? witnesses.getAsInt() >= LEAST_AT_START
        : answering.size() > 1
            && (answering.contains(targetId) || othersAnswering.contains(targetId));
  }

  private int enough() {
    return answering.isEmpty()
        ? LEAST_AT_START
        : Math.clamp(answering.size() / SHARE, Math.min(LEAST, answering.size()), MOST);
  }

  private void begin(Outcome last) {
    List<Outcome> lost = held.stream().map(Held::outcome).filter(Outcome::witness).toList();
    Outcome first =
        lost.stream().min((a, b) -> Long.compare(a.begunNanos(), b.begunNanos())).orElse(last);
    boolean unsent = lost.stream().allMatch(one -> one.sent() == 0);
    OwnFault begun =
        new OwnFault(
            OwnFault.Kind.LINE,
            beginning(first, last),
            Optional.empty(),
            Math.max(answering.size(), silent.size()),
            unsent ? OwnFault.UNSENT : OwnFault.NO_ANSWER);
    fault = Optional.of(begun);
    held.clear();
    silent.clear();
    told.accept(begun);
  }

  /** By the clock as it is now: what it said before it was set back is no time of today. */
  private Instant beginning(Outcome first, Outcome last) {
    Instant began = later(first.beganAt(), after(lastAnsweredAt));
    return began.isAfter(last.endedAt()) ? last.beganAt() : began;
  }

  /** A burst that lost its end began before the line failed, as did all that was answered. */
  private static Instant after(Instant answered) {
    return answered.equals(Instant.MIN) ? answered : answered.plus(TICK);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void believeProved() {
    for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
      Held one = all.next();
      if (lastAnswered >= one.provedAfter()) {
        all.remove();
        one.belief().run();
      }
    }
  }

  private void believeOld(long now) {
    while (!held.isEmpty() && now - held.getFirst().outcome().endedNanos() > LONGEST_HOLD_NANOS) {
      held.removeFirst().belief().run();
    }
  }
}
