package io.nettrace.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Paths and tracker states as they stand in {@code catalog.current_routes} and elsewhere. */
final class RouteStateJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record StoredPath(List<List<String>> hops, boolean complete) {}

  private record StoredRoute(String hash, StoredPath path) {}

  private record StoredCandidate(
      StoredPath path, String firstSeenAt, int confirmations, int undecided) {}

  private record StoredReplacement(
      int hop, List<String> newcomers, String firstSeenAt, int traces) {}

  /** Members that an older version did not write are null. */
  private record StoredState(
      StoredRoute current,
      StoredPath rumoured,
      @Nullable StoredCandidate candidate,
      @Nullable StoredReplacement replacement,
      List<StoredRoute> earlier,
      String tracedAt,
      @Nullable Long rttNanos) {}

  private RouteStateJson() {}

  static String write(RouteState state) {
    return text(
        new StoredState(
            stored(state.current()),
            stored(state.rumoured()),
            state.candidate().map(RouteStateJson::stored).orElse(null),
            state.replacement().map(RouteStateJson::stored).orElse(null),
            state.earlier().stream().map(RouteStateJson::stored).toList(),
            state.tracedAt().toString(),
            state.rttNanos().isPresent() ? state.rttNanos().getAsLong() : null));
  }

  static RouteState read(String json) {
    StoredState s = parse(json, StoredState.class);
    return new RouteState(
        route(s.current()),
        path(s.rumoured()),
        Optional.ofNullable(s.candidate()).map(RouteStateJson::candidate),
        Optional.ofNullable(s.replacement()).map(RouteStateJson::replacement),
        s.earlier().stream().map(RouteStateJson::route).toList(),
        Instant.parse(s.tracedAt()),
        s.rttNanos() == null ? OptionalLong.empty() : OptionalLong.of(s.rttNanos()));
  }

  /** Just the hops, as route_changes keeps them. */
  static String hops(CanonicalPath path) {
    return text(stored(path).hops());
  }

  /** Reads what {@link #hops(CanonicalPath)} wrote. */
  static List<List<String>> hops(String json) {
    return Arrays.stream(parse(json, String[][].class)).map(List::of).toList();
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("routes are always writable", e);
    }
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored route cannot be read", e);
    }
  }

  private static StoredPath stored(CanonicalPath path) {
    return new StoredPath(
        path.hops().stream()
            .map(hop -> hop.stream().map(InetAddress::getHostAddress).toList())
            .toList(),
        path.complete());
  }

  private static StoredRoute stored(Route route) {
    return new StoredRoute(route.hash(), stored(route.path()));
  }

  private static StoredCandidate stored(Candidate candidate) {
    return new StoredCandidate(
        stored(candidate.path()),
        candidate.firstSeenAt().toString(),
        candidate.confirmations(),
        candidate.undecided());
  }

  private static CanonicalPath path(StoredPath stored) {
    return new CanonicalPath(
        stored.hops().stream().map(RouteStateJson::hop).toList(), stored.complete());
  }

  private static Set<InetAddress> hop(List<String> addresses) {
    Set<InetAddress> hop = new LinkedHashSet<>();
    addresses.forEach(address -> hop.add(InetAddress.ofLiteral(address)));
    return hop;
  }

  private static Route route(StoredRoute stored) {
    return new Route(stored.hash(), path(stored.path()));
  }

  private static Candidate candidate(StoredCandidate stored) {
    return new Candidate(
        path(stored.path()),
        Instant.parse(stored.firstSeenAt()),
        stored.confirmations(),
        stored.undecided());
  }

  private static StoredReplacement stored(Replacement replacement) {
    return new StoredReplacement(
        replacement.hop(),
        replacement.newcomers().stream().map(InetAddress::getHostAddress).toList(),
        replacement.firstSeenAt().toString(),
        replacement.traces());
  }

  private static Replacement replacement(StoredReplacement stored) {
    return new Replacement(
        stored.hop(),
        hop(stored.newcomers()),
        Instant.parse(stored.firstSeenAt()),
        stored.traces());
  }
}
