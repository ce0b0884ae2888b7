package io.nettrace.signal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Watches the delay of one series. While nothing is open, the newest bursts are judged against the
 * past before them, and join it once they are no longer among the newest; when enough of them
 * deviate to the same side, a deviation opens and its past stands still. It closes when enough of
 * the newest are near that past again, or when the new level has lasted.
 */
final class DelayWatch {
  private record Vote(Instant at, long nanos, int side) {}

  private record Open(Deviation.Kind kind, double median, double gate, Deque<Long> since) {}

  private final Deque<Long> past = new ArrayDeque<>();
  private final Deque<Vote> newest = new ArrayDeque<>();
  private Optional<Open> open = Optional.empty();
  private int openBursts;

  boolean isOpen() {
    return open.isPresent();
  }

  /** What the newest burst shows and too few agree on; empty once they do, or when it is usual. */
  Optional<Suspicion> suspicion() {
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Vote last = newest.getLast();
    if (open.isPresent()) {
      long median = Math.round(open.get().median());
      return last.side() == 0
          ? Optional.of(new Suspicion(Suspicion.Kind.RETURN, median, last.nanos()))
          : Optional.empty();
    }
    return last.side() == 0
        ? Optional.empty()
        : Optional.of(
            new Suspicion(
                last.side() > 0 ? Suspicion.Kind.RISE : Suspicion.Kind.FALL,
                Math.round(Robust.median(past)),
                last.nanos()));
  }

  Optional<SeriesFinding> observe(Observation burst) {
    if (burst.p50Nanos().isEmpty()) {
      return Optional.empty();
    }
    long nanos = burst.p50Nanos().getAsLong();
    return open.isPresent()
        ? whileOpen(open.get(), burst.at(), nanos)
        : whileClosed(burst.at(), nanos);
  }

  private Optional<SeriesFinding> whileClosed(Instant at, long nanos) {
    while (newest.size() >= DeviationRules.DELAY_VOTES) {
      remember(newest.removeFirst().nanos());
    }
    if (past.size() < DeviationRules.ENOUGH) {
      newest.addLast(new Vote(at, nanos, 0));
      return Optional.empty();
    }
    double median = Robust.median(past);
    double spread = Robust.spread(past, median);
    double gate = gate(spread);
    newest.addLast(new Vote(at, nanos, Math.abs(nanos - median) > gate ? side(nanos, median) : 0));
    int side = side(nanos, median);
    List<Vote> agreeing = newest.stream().filter(vote -> vote.side() == side).toList();
    return agreeing.size() < DeviationRules.DELAY_VOTES_NEEDED
        ? Optional.empty()
        : Optional.of(open(agreeing, median, spread, gate));
  }

  private SeriesFinding open(List<Vote> agreeing, double median, double spread, double gate) {
    List<Long> seen = agreeing.stream().map(Vote::nanos).toList();
    int judged = newest.size();
    double difference = Robust.median(seen) - median;
    Deviation.Kind kind = difference > 0 ? Deviation.Kind.DELAY_RISE : Deviation.Kind.DELAY_FALL;
    open = Optional.of(new Open(kind, median, gate, new ArrayDeque<>(seen)));
    openBursts = agreeing.size();
    newest.clear();
    return new SeriesFinding.Opened(
        kind,
        agreeing.getFirst().at(),
        OptionalLong.of(Math.round(median)),
        OptionalLong.of(Math.round(spread)),
        OptionalLong.of(Math.round(Robust.median(seen))),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Math.abs(difference) / (gate / DeviationRules.SPREADS),
        new Deviation.Evidence(past.size(), agreeing.size(), judged));
  }

  private Optional<SeriesFinding> whileOpen(Open now, Instant at, long nanos) {
    openBursts++;
    now.since().addLast(nanos);
    if (now.since().size() > DeviationRules.PAST) {
      now.since().removeFirst();
    }
    boolean near = Math.abs(nanos - now.median()) <= DeviationRules.RETURNED_SHARE * now.gate();
    newest.addLast(new Vote(at, nanos, near ? 0 : side(nanos, now.median())));
    if (newest.size() > DeviationRules.DELAY_VOTES) {
      newest.removeFirst();
    }
    List<Vote> returned = newest.stream().filter(vote -> vote.side() == 0).toList();
    if (near && returned.size() >= DeviationRules.DELAY_VOTES_NEEDED) {
      return Optional.of(
          close(now, returned.getFirst().at(), Deviation.Closing.RETURNED, returned));
    }
    return openBursts < DeviationRules.DELAY_SETTLED_AFTER
        ? Optional.empty()
        : Optional.of(close(now, at, Deviation.Closing.SETTLED, List.of()));
  }

  private SeriesFinding close(
      Open now, Instant at, Deviation.Closing closing, List<Vote> returned) {
    open = Optional.empty();
    newest.clear();
    if (closing == Deviation.Closing.SETTLED) {
      past.clear();
      now.since().forEach(this::remember);
    }
    returned.forEach(vote -> remember(vote.nanos()));
    return new SeriesFinding.Closed(now.kind(), at, closing);
  }

  private void remember(long nanos) {
    past.addLast(nanos);
    if (past.size() > DeviationRules.PAST) {
      past.removeFirst();
    }
  }

  private static double gate(double spread) {
    return Math.max(DeviationRules.SPREADS * spread, DeviationRules.LEAST_NANOS);
  }

  private static int side(long value, double median) {
    return value > median ? 1 : -1;
  }
}
