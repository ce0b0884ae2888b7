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

/** Judges one trace by the state before it. */
final class TraceJudge {
  /** Confirming traces when several hops differ, and when just one does. */
  private static final int CONFIRMATIONS = 1;

  private static final int CONFIRMATIONS_OF_ONE_HOP = 2;

  /** Traces in a row without any old member after which a balanced set is another one. */
  private static final int TRACES_TO_REPLACE_A_SET = 3;

  /** The same when only one newcomer was seen, which may be a further member. */
  private static final int TRACES_TO_REPLACE_BY_ONE = 8;

  private static final int MOST_NEWCOMERS = 16;

  /** Traces that may say nothing before a candidate is forgotten. */
  private static final int MOST_UNDECIDED = 5;

  private static final int MOST_EARLIER_ROUTES = 8;

  private final Origins origins;
  private final HopIdentity identity;

  TraceJudge(Origins origins, Trace trace) {
    this.origins = origins;
    this.identity = new HopIdentity(origins, trace.address());
  }

  RouteTracker.Step judge(Optional<RouteState> before, CanonicalPath seen, Trace trace) {
    if (before.isEmpty()) {
      return first(seen, trace);
    }
    RouteState state = before.get();
    if (!trace.startedAt().isAfter(state.tracedAt())) {
      return new RouteTracker.Step(state, new TraceVerdict.Ignored());
    }
    RouteState known = joined(state, seen);
    if (isNewMember(seen, known.current().path())) {
      return newcomers(known, seen, trace);
    }
    return known.current().path().agreesWith(seen, identity)
        ? agreeing(known, seen, trace)
        : differing(known, seen, trace);
  }

  /** All it differs by is somebody new at one hop that is balanced, between hops that are known. */
  private boolean isNewMember(CanonicalPath seen, CanonicalPath current) {
    BitSet differences = current.differences(seen, identity);
    int hop = differences.nextSetBit(0);
    return differences.cardinality() == 1
        && current.at(hop).size() > 1
        && (hop == 0 || seen.sharesAt(hop - 1, current, identity))
        && seen.sharesAt(hop + 1, current, identity);
  }

  /** Newcomers only: further members, unless the old ones stay away. */
  private RouteTracker.Step newcomers(RouteState state, CanonicalPath seen, Trace trace) {
    CanonicalPath current = state.current().path();
    int hop = current.differences(seen, identity).nextSetBit(0);
    Replacement now = growing(state, hop, seen.at(hop), trace);
    boolean several = now.newcomers().size() > 1;
    RouteState waiting = learn(state.with(Optional.of(now)), seen.replaced(hop, Set.of()), trace);
    if (now.traces() >= (several ? TRACES_TO_REPLACE_A_SET : TRACES_TO_REPLACE_BY_ONE)) {
      Candidate all = new Candidate(current, now.firstSeenAt(), 0, 0);
      return change(state, all, current.replaced(hop, now.newcomers()), trace);
    }
    return new RouteTracker.Step(
        waiting, several ? new TraceVerdict.Unconfirmed() : new TraceVerdict.Same());
  }

  private static Replacement growing(
      RouteState state, int hop, Set<InetAddress> seen, Trace trace) {
    Optional<Replacement> known = state.replacement().filter(r -> r.hop() == hop);
    Set<InetAddress> newcomers = new LinkedHashSet<>();
    known.ifPresent(r -> newcomers.addAll(r.newcomers()));
    seen.stream().limit(MOST_NEWCOMERS).forEach(newcomers::add);
    return new Replacement(
        hop,
        newcomers,
        known.map(Replacement::firstSeenAt).orElse(trace.startedAt()),
        known.map(Replacement::traces).orElse(0) + 1);
  }

  /** A member is seen again beside or instead of the newcomers: they are members like it. */
  private RouteState joined(RouteState state, CanonicalPath seen) {
    Optional<Replacement> waiting = state.replacement();
    CanonicalPath current = state.current().path();
    if (waiting.isEmpty()
        || waiting.get().hop() >= current.length()
        || !seen.sharesAt(waiting.get().hop(), current, identity)) {
      return state;
    }
    int hop = waiting.get().hop();
    Set<InetAddress> members = new LinkedHashSet<>(current.at(hop));
    members.addAll(waiting.get().newcomers());
    return new RouteState(
        new Route(state.current().hash(), current.replaced(hop, members)),
        state.rumoured(),
        state.candidate(),
        Optional.empty(),
        state.earlier(),
        state.tracedAt(),
        state.rttNanos());
  }

  private RouteTracker.Step first(CanonicalPath seen, Trace trace) {
    RouteState state =
        new RouteState(
            Route.named(seen, identity),
            CanonicalPath.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            trace.startedAt(),
            trace.totalRttNanos());
    return new RouteTracker.Step(state, new TraceVerdict.First());
  }

  private RouteTracker.Step agreeing(RouteState state, CanonicalPath seen, Trace trace) {
    if (state.candidate().isEmpty()) {
      return new RouteTracker.Step(learn(state, seen, trace), new TraceVerdict.Same());
    }
    Candidate waiting = state.candidate().get();
    if (denies(seen, waiting, state.current().path())) {
      return new RouteTracker.Step(
          learnBalancer(learn(state, seen, trace), waiting), new TraceVerdict.Same());
    }
    if (waiting.undecided() >= MOST_UNDECIDED) {
      return new RouteTracker.Step(learn(state, seen, trace), new TraceVerdict.Same());
    }
    Candidate patient =
        new Candidate(
            waiting.path(),
            waiting.firstSeenAt(),
            waiting.confirmations(),
            waiting.undecided() + 1);
    return new RouteTracker.Step(
        state.with(patient, trace.startedAt()), new TraceVerdict.Unconfirmed());
  }

  /** It shows the route in force where the candidate showed something else. */
  private boolean denies(CanonicalPath seen, Candidate waiting, CanonicalPath current) {
    return waiting.path().differences(current, identity).stream()
        .anyMatch(
            i ->
                seen.sharesAt(i, current, identity) && !seen.sharesAt(i, waiting.path(), identity));
  }

  private RouteTracker.Step differing(RouteState state, CanonicalPath seen, Trace trace) {
    CanonicalPath current = state.current().path();
    if (state.candidate().isEmpty() || !confirms(seen, state.candidate().get(), current)) {
      Candidate fresh = new Candidate(seen, trace.startedAt(), 0, 0);
      return new RouteTracker.Step(
          state.with(fresh, trace.startedAt()), new TraceVerdict.Unconfirmed());
    }
    Candidate waiting = state.candidate().get();
    CanonicalPath path =
        sure(waiting.path(), seen, current)
            .filledFrom(seen)
            .joinedWith(beside(seen, waiting.path()));
    int confirmations = waiting.confirmations() + 1;
    if (confirmations < needed(current.differences(path, identity))) {
      Candidate surer = new Candidate(path, waiting.firstSeenAt(), confirmations, 0);
      return new RouteTracker.Step(
          state.with(surer, trace.startedAt()), new TraceVerdict.Unconfirmed());
    }
    return change(state, waiting, path, trace);
  }

  /** It agrees with the candidate, and shows something that the route in force does not have. */
  private boolean confirms(CanonicalPath seen, Candidate waiting, CanonicalPath current) {
    return waiting.path().agreesWith(seen, identity)
        && waiting.path().differences(current, identity).stream()
            .anyMatch(i -> seen.sharesAt(i, waiting.path(), identity));
  }

  /**
   * The candidate without what it alone shares with the route that is left: where its first trace
   * was taken in the middle of the change, that is the old route still.
   */
  private CanonicalPath sure(CanonicalPath candidate, CanonicalPath seen, CanonicalPath left) {
    List<Set<InetAddress>> hops = new ArrayList<>();
    for (int i = 0; i < candidate.length(); i++) {
      boolean leftover = seen.at(i).isEmpty() && candidate.sharesAt(i, left, identity);
      hops.add(leftover ? Set.of() : candidate.at(i));
    }
    return new CanonicalPath(hops, candidate.complete() && !hops.getLast().isEmpty());
  }

  private int needed(BitSet differences) {
    return differences.cardinality() > 1 ? CONFIRMATIONS : CONFIRMATIONS_OF_ONE_HOP;
  }

  private RouteTracker.Step change(
      RouteState state, Candidate waiting, CanonicalPath path, Trace trace) {
    Route after = known(state, path);
    List<Route> earlier = new ArrayList<>(state.earlier());
    earlier.removeIf(route -> route.hash().equals(after.hash()));
    earlier.addFirst(state.current());
    RouteState changed =
        new RouteState(
            after,
            CanonicalPath.empty(),
            Optional.empty(),
            Optional.empty(),
            earlier.subList(0, Math.min(earlier.size(), MOST_EARLIER_ROUTES)),
            trace.startedAt(),
            trace.totalRttNanos());
    RouteChange change =
        new RouteChange(
            ChangeKind.of(state.current().path(), after.path(), origins, identity),
            state.current(),
            after,
            waiting.firstSeenAt(),
            trace.startedAt(),
            state.rttNanos(),
            trace.totalRttNanos());
    return new RouteTracker.Step(changed, new TraceVerdict.Changed(change));
  }

  /** A route that comes back keeps its name and what was learnt of it. */
  private Route known(RouteState state, CanonicalPath path) {
    return state.earlier().stream()
        .filter(route -> isSame(route.path(), path))
        .findFirst()
        .map(route -> new Route(route.hash(), route.path().filledFrom(path)))
        .orElseGet(() -> Route.named(path, identity));
  }

  private boolean isSame(CanonicalPath a, CanonicalPath b) {
    int shared = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      shared += a.sharesAt(i, b, identity) ? 1 : 0;
    }
    return a.agreesWith(b, identity) && 2 * shared >= Math.min(a.length(), b.length());
  }

  /** Fills gaps, and makes rumours part of the route that are seen beside it a second time. */
  private RouteState learn(RouteState state, CanonicalPath seen, Trace trace) {
    CanonicalPath current = state.current().path();
    CanonicalPath further = beside(seen, current);
    CanonicalPath twice = common(further, state.rumoured());
    Route route = new Route(state.current().hash(), current.filledFrom(seen).joinedWith(twice));
    CanonicalPath rumours = state.rumoured().joinedWith(further);
    return state.with(route, rumours, trace.startedAt(), trace.totalRttNanos());
  }

  /** A single hop that was someone else just once is balanced; several hops must do it twice. */
  private RouteState learnBalancer(RouteState state, Candidate denied) {
    CanonicalPath current = state.current().path();
    BitSet differences = denied.path().differences(current, identity);
    CanonicalPath members = only(denied.path(), differences, current.length());
    CanonicalPath sure =
        differences.cardinality() == 1 ? members : common(members, state.rumoured());
    return new RouteState(
        new Route(state.current().hash(), current.joinedWith(sure)),
        state.rumoured().joinedWith(members),
        Optional.empty(),
        state.replacement(),
        state.earlier(),
        state.tracedAt(),
        state.rttNanos());
  }

  /** Addresses that a trace shows beside those of the path, at hops where both are seen. */
  private CanonicalPath beside(CanonicalPath seen, CanonicalPath path) {
    List<Set<InetAddress>> further = new ArrayList<>();
    for (int i = 0; i < Math.min(seen.length(), path.length()); i++) {
      Set<InetAddress> others = new LinkedHashSet<>();
      if (seen.sharesAt(i, path, identity)) {
        others.addAll(seen.at(i));
        others.removeAll(path.at(i));
      }
      further.add(others);
    }
    return new CanonicalPath(further, false);
  }

  private CanonicalPath common(CanonicalPath a, CanonicalPath b) {
    List<Set<InetAddress>> both = new ArrayList<>();
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      Set<InetAddress> shared = new LinkedHashSet<>(a.at(i));
      shared.retainAll(b.at(i));
      both.add(shared);
    }
    return new CanonicalPath(both, false);
  }

  private CanonicalPath only(CanonicalPath path, BitSet indexes, int length) {
    List<Set<InetAddress>> hops = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      hops.add(indexes.get(i) ? path.at(i) : Set.of());
    }
    return new CanonicalPath(hops, false);
  }
}
