package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Trace;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides for each trace whether its target's route is the same, may have changed, or has changed.
 * A pure function of the state before and the trace; the caller keeps the state.
 */
public final class RouteTracker {
  /** Confirming traces when several hops differ, and when just one does. */
  private static final int CONFIRMATIONS = 1;

  private static final int CONFIRMATIONS_OF_ONE_HOP = 2;

  /** Traces that may say nothing before a candidate is forgotten. */
  private static final int MOST_UNDECIDED = 5;

  private static final int MOST_EARLIER_ROUTES = 8;

  private final Origins origins;

  /** The state after a trace, and what the trace meant. */
  public record Step(RouteState state, Verdict verdict) {}

  public RouteTracker(Origins origins) {
    this.origins = origins;
  }

  /** Takes the next trace of the same (target, vantage point, method, address) into account. */
  public Optional<Step> observe(Optional<RouteState> before, Trace trace) {
    CanonicalPath seen = CanonicalPath.of(trace);
    if (seen.isEmpty()) {
      return before.map(state -> new Step(state, new Verdict.Ignored()));
    }
    if (before.isEmpty()) {
      return Optional.of(first(seen, trace));
    }
    RouteState state = before.get();
    if (!trace.startedAt().isAfter(state.tracedAt())) {
      return Optional.of(new Step(state, new Verdict.Ignored()));
    }
    RouteState known = isNewMember(seen, state.current().path()) ? joined(state, seen) : state;
    return Optional.of(
        known.current().path().agreesWith(seen)
            ? agreeing(known, seen, trace)
            : differing(known, seen, trace));
  }

  /** All it differs by is somebody new at one hop that is balanced, between hops that are known. */
  private static boolean isNewMember(CanonicalPath seen, CanonicalPath current) {
    BitSet differences = current.differences(seen);
    int hop = differences.nextSetBit(0);
    return differences.cardinality() == 1
        && current.at(hop).size() > 1
        && (hop == 0 || seen.sharesAt(hop - 1, current))
        && seen.sharesAt(hop + 1, current);
  }

  private static RouteState joined(RouteState state, CanonicalPath seen) {
    CanonicalPath current = state.current().path();
    CanonicalPath members = only(seen, current.differences(seen), current.length());
    CanonicalPath path = current.joinedWith(members);
    return new RouteState(
        new Route(state.current().hash(), path),
        state.rumoured(),
        state.candidate().filter(waiting -> !waiting.path().agreesWith(path)),
        state.earlier(),
        state.tracedAt(),
        state.rttNanos());
  }

  private static Step first(CanonicalPath seen, Trace trace) {
    RouteState state =
        new RouteState(
            Route.named(seen),
            CanonicalPath.empty(),
            Optional.empty(),
            List.of(),
            trace.startedAt(),
            trace.totalRttNanos());
    return new Step(state, new Verdict.First());
  }

  private static Step agreeing(RouteState state, CanonicalPath seen, Trace trace) {
    if (state.candidate().isEmpty()) {
      return new Step(learn(state, seen, trace), new Verdict.Same());
    }
    Candidate waiting = state.candidate().get();
    if (denies(seen, waiting, state.current().path())) {
      return new Step(learnBalancer(learn(state, seen, trace), waiting), new Verdict.Same());
    }
    if (waiting.undecided() >= MOST_UNDECIDED) {
      return new Step(learn(state, seen, trace), new Verdict.Same());
    }
    Candidate patient =
        new Candidate(
            waiting.path(),
            waiting.firstSeenAt(),
            waiting.confirmations(),
            waiting.undecided() + 1);
    return new Step(state.with(patient, trace.startedAt()), new Verdict.Unconfirmed());
  }

  /** It shows the route in force where the candidate showed something else. */
  private static boolean denies(CanonicalPath seen, Candidate waiting, CanonicalPath current) {
    return waiting.path().differences(current).stream()
        .anyMatch(i -> seen.sharesAt(i, current) && !seen.sharesAt(i, waiting.path()));
  }

  private Step differing(RouteState state, CanonicalPath seen, Trace trace) {
    CanonicalPath current = state.current().path();
    if (state.candidate().isEmpty() || !confirms(seen, state.candidate().get(), current)) {
      Candidate fresh = new Candidate(seen, trace.startedAt(), 0, 0);
      return new Step(state.with(fresh, trace.startedAt()), new Verdict.Unconfirmed());
    }
    Candidate waiting = state.candidate().get();
    CanonicalPath path =
        sure(waiting.path(), seen, current)
            .filledFrom(seen)
            .joinedWith(beside(seen, waiting.path()));
    int confirmations = waiting.confirmations() + 1;
    if (confirmations < needed(current.differences(path))) {
      Candidate surer = new Candidate(path, waiting.firstSeenAt(), confirmations, 0);
      return new Step(state.with(surer, trace.startedAt()), new Verdict.Unconfirmed());
    }
    return change(state, waiting, path, trace);
  }

  /** It agrees with the candidate, and shows something that the route in force does not have. */
  private static boolean confirms(CanonicalPath seen, Candidate waiting, CanonicalPath current) {
    return waiting.path().agreesWith(seen)
        && waiting.path().differences(current).stream()
            .anyMatch(i -> seen.sharesAt(i, waiting.path()));
  }

  /**
   * The candidate without what it alone shares with the route that is left: where its first trace
   * was taken in the middle of the change, that is the old route still.
   */
  private static CanonicalPath sure(
      CanonicalPath candidate, CanonicalPath seen, CanonicalPath left) {
    List<Set<InetAddress>> hops = new ArrayList<>();
    for (int i = 0; i < candidate.length(); i++) {
      boolean leftover = seen.at(i).isEmpty() && candidate.sharesAt(i, left);
      hops.add(leftover ? Set.of() : candidate.at(i));
    }
    return new CanonicalPath(hops, candidate.complete() && !hops.getLast().isEmpty());
  }

  private static int needed(BitSet differences) {
    return differences.cardinality() > 1 ? CONFIRMATIONS : CONFIRMATIONS_OF_ONE_HOP;
  }

  private Step change(RouteState state, Candidate waiting, CanonicalPath path, Trace trace) {
    Route after = known(state, path);
    List<Route> earlier = new ArrayList<>(state.earlier());
    earlier.removeIf(route -> route.hash().equals(after.hash()));
    earlier.addFirst(state.current());
    RouteState changed =
        new RouteState(
            after,
            CanonicalPath.empty(),
            Optional.empty(),
            earlier.subList(0, Math.min(earlier.size(), MOST_EARLIER_ROUTES)),
            trace.startedAt(),
            trace.totalRttNanos());
    RouteChange change =
        new RouteChange(
            ChangeKind.of(state.current().path(), after.path(), origins),
            state.current(),
            after,
            waiting.firstSeenAt(),
            trace.startedAt(),
            state.rttNanos(),
            trace.totalRttNanos());
    return new Step(changed, new Verdict.Changed(change));
  }

  /** A route that comes back keeps its name and what was learnt of it. */
  private static Route known(RouteState state, CanonicalPath path) {
    return state.earlier().stream()
        .filter(route -> isSame(route.path(), path))
        .findFirst()
        .map(route -> new Route(route.hash(), route.path().filledFrom(path)))
        .orElseGet(() -> Route.named(path));
  }

  private static boolean isSame(CanonicalPath a, CanonicalPath b) {
    int shared = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      shared += a.sharesAt(i, b) ? 1 : 0;
    }
    return a.agreesWith(b) && 2 * shared >= Math.min(a.length(), b.length());
  }

  /** Fills gaps, and makes rumours part of the route that are seen beside it a second time. */
  private static RouteState learn(RouteState state, CanonicalPath seen, Trace trace) {
    CanonicalPath current = state.current().path();
    CanonicalPath further = beside(seen, current);
    CanonicalPath twice = common(further, state.rumoured());
    Route route = new Route(state.current().hash(), current.filledFrom(seen).joinedWith(twice));
    CanonicalPath rumours = state.rumoured().joinedWith(further);
    return state.with(route, rumours, trace.startedAt(), trace.totalRttNanos());
  }

  /** A single hop that was someone else just once is balanced; several hops must do it twice. */
  private static RouteState learnBalancer(RouteState state, Candidate denied) {
    CanonicalPath current = state.current().path();
    BitSet differences = denied.path().differences(current);
    CanonicalPath members = only(denied.path(), differences, current.length());
    CanonicalPath sure =
        differences.cardinality() == 1 ? members : common(members, state.rumoured());
    return new RouteState(
        new Route(state.current().hash(), current.joinedWith(sure)),
        state.rumoured().joinedWith(members),
        Optional.empty(),
        state.earlier(),
        state.tracedAt(),
        state.rttNanos());
  }

  /** Addresses that a trace shows beside those of the path, at hops where both are seen. */
  private static CanonicalPath beside(CanonicalPath seen, CanonicalPath path) {
    List<Set<InetAddress>> further = new ArrayList<>();
    for (int i = 0; i < Math.min(seen.length(), path.length()); i++) {
      Set<InetAddress> others = new LinkedHashSet<>();
      if (seen.sharesAt(i, path)) {
        others.addAll(seen.at(i));
        others.removeAll(path.at(i));
      }
      further.add(others);
    }
    return new CanonicalPath(further, false);
  }

  private static CanonicalPath common(CanonicalPath a, CanonicalPath b) {
    List<Set<InetAddress>> both = new ArrayList<>();
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      Set<InetAddress> shared = new LinkedHashSet<>(a.at(i));
      shared.retainAll(b.at(i));
      both.add(shared);
    }
    return new CanonicalPath(both, false);
  }

  private static CanonicalPath only(CanonicalPath path, BitSet indexes, int length) {
    List<Set<InetAddress>> hops = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      hops.add(indexes.get(i) ? path.at(i) : Set.of());
    }
    return new CanonicalPath(hops, false);
  }
}
