package io.nettrace.sample;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything the hot reads need, as it was at one moment. Immutable. */
public final class Snapshot {
  private final Map<String, Map<String, Standing>> byTarget;
  private final Map<String, Standing> preferred;
  private final Optional<String> vantagePoint;

  private Snapshot(Map<String, Map<String, Standing>> byTarget, Optional<String> vantagePoint) {
    this.byTarget = byTarget;
    this.vantagePoint = vantagePoint;
    this.preferred = new HashMap<>();
    vantagePoint.ifPresent(
        name ->
            byTarget.forEach(
                (target, standings) -> {
                  if (standings.containsKey(name)) {
                    preferred.put(target, standings.get(name));
                  }
                }));
  }

  static Snapshot of(Collection<Standing> standings) {
    Map<String, Map<String, Standing>> byTarget = new HashMap<>();
    for (Standing standing : standings) {
      byTarget
          .computeIfAbsent(standing.targetId(), _ -> new TreeMap<>())
          .put(standing.vantagePoint().name(), standing);
    }
    Optional<String> newest =
        standings.stream()
            .max(Comparator.comparing(s -> s.observedAt().orElse(Instant.MIN)))
            .map(s -> s.vantagePoint().name());
    return new Snapshot(byTarget, newest);
  }

  /** The vantage point that measured last, which is what readers see unless they name another. */
  public Optional<String> vantagePoint() {
    return vantagePoint;
  }

  /** A target's standing as seen from the vantage point that measured last. */
  public Optional<Standing> standing(String targetId) {
    return Optional.ofNullable(preferred.get(targetId));
  }

  public Optional<Standing> standing(String targetId, String vantagePoint) {
    return Optional.ofNullable(byTarget.getOrDefault(targetId, Map.of()).get(vantagePoint));
  }

  /** Every target's standing as seen from one vantage point. */
  public Stream<Standing> from(String vantagePoint) {
    return byTarget.values().stream()
        .map(standings -> Optional.ofNullable(standings.get(vantagePoint)))
        .flatMap(Optional::stream);
  }

  public boolean knows(String vantagePoint) {
    return byTarget.values().stream().anyMatch(s -> s.containsKey(vantagePoint));
  }
}
