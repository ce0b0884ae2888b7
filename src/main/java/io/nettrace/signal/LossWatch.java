package io.nettrace.signal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Watches the loss of one series. A burst has few probes, so the newest bursts are taken together
 * and held against the past before them: they must have lost much more, more than chance makes of
 * the past's loss, and several of them must have lost something.
 */
final class LossWatch {
  private record Open(double baseline) {}

  private final Deque<Observation> past = new ArrayDeque<>();
  private final Deque<Observation> newest = new ArrayDeque<>();
  private Optional<Open> open = Optional.empty();
  private int openBursts;

  boolean isOpen() {
    return open.isPresent();
  }

  Optional<SeriesFinding> observe(Observation burst) {
    if (burst.sent() == 0) {
      return Optional.empty();
    }
    return open.isPresent() ? whileOpen(open.get(), burst) : whileClosed(burst);
  }

  private Optional<SeriesFinding> whileClosed(Observation burst) {
    newest.addLast(burst);
    while (newest.size() > DeviationRules.LOSS_VOTES) {
      remember(newest.removeFirst());
    }
    List<Observation> losing = newest.stream().filter(b -> b.lost() > 0).toList();
    if (past.size() < DeviationRules.ENOUGH
        || losing.size() < DeviationRules.LOSS_VOTES_NEEDED
        || !isAboveChance()) {
      return Optional.empty();
    }
    double baseline = ratio(past);
    double seen = ratio(losing);
    SeriesFinding opened =
        new SeriesFinding.Opened(
            Deviation.Kind.LOSS,
            losing.getFirst().at(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(baseline),
            OptionalDouble.of(seen),
            seen - baseline,
            new Deviation.Evidence(past.size(), losing.size(), newest.size()));
    open = Optional.of(new Open(baseline));
    openBursts = losing.size();
    newest.clear();
    return Optional.of(opened);
  }

  /** Taken over the newest bursts together. */
  private boolean isAboveChance() {
    long sent = sum(newest.stream().mapToInt(Observation::sent));
    long lost = sum(newest.stream().mapToInt(Observation::lost));
    // half a loss more than was seen: that none was lost does not mean that none can be
    double usual =
        (sum(past.stream().mapToInt(Observation::lost)) + 0.5)
            / (sum(past.stream().mapToInt(Observation::sent)) + 1);
    double byChance =
        usual * sent + DeviationRules.LOSS_DEVIATIONS * Math.sqrt(sent * usual * (1 - usual));
    return lost > byChance && (double) lost / sent - ratio(past) >= DeviationRules.LEAST_LOSS_STEP;
  }

  private Optional<SeriesFinding> whileOpen(Open now, Observation burst) {
    openBursts++;
    newest.addLast(burst);
    if (newest.size() > DeviationRules.LOSS_RETURN) {
      newest.removeFirst();
    }
    double bound = now.baseline() + DeviationRules.RETURNED_SHARE * DeviationRules.LEAST_LOSS_STEP;
    if (newest.size() == DeviationRules.LOSS_RETURN && ratio(newest) < bound) {
      return Optional.of(close(newest.getFirst().at(), Deviation.Closing.RETURNED));
    }
    if (hasJustReturned(bound)) {
      return Optional.of(close(lastRun(bound).getFirst().at(), Deviation.Closing.RETURNED));
    }
    return openBursts < DeviationRules.LOSS_SETTLED_AFTER
        ? Optional.empty()
        : Optional.of(close(burst.at(), Deviation.Closing.SETTLED));
  }

  /** After an outage the first full answers say enough: everything was lost, now nothing is. */
  private boolean hasJustReturned(double bound) {
    List<Observation> run = lastRun(bound);
    boolean wasOutage =
        newest.stream().filter(b -> !run.contains(b)).allMatch(b -> b.received() == 0);
    return wasOutage
        && run.size() >= DeviationRules.LOSS_VOTES_NEEDED
        && run.size() < newest.size();
  }

  /** The newest bursts that in a row lost no more than usual. */
  private List<Observation> lastRun(double bound) {
    List<Observation> all = List.copyOf(newest);
    int first = all.size();
    while (first > 0 && all.get(first - 1).lost() <= bound * all.get(first - 1).sent()) {
      first--;
    }
    return all.subList(first, all.size());
  }

  private SeriesFinding close(Instant at, Deviation.Closing closing) {
    open = Optional.empty();
    if (closing == Deviation.Closing.SETTLED) {
      past.clear();
    }
    newest.forEach(this::remember);
    newest.clear();
    return new SeriesFinding.Closed(Deviation.Kind.LOSS, at, closing);
  }

  private void remember(Observation burst) {
    past.addLast(burst);
    if (past.size() > DeviationRules.PAST) {
      past.removeFirst();
    }
  }

  private static double ratio(Iterable<Observation> bursts) {
    long sent = 0;
    long lost = 0;
    for (Observation burst : bursts) {
      sent += burst.sent();
      lost += burst.lost();
    }
    return sent == 0 ? 0 : (double) lost / sent;
  }

  private static long sum(IntStream counts) {
    return counts.asLongStream().sum();
  }
}
