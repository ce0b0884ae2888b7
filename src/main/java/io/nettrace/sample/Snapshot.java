package io.nettrace.sample;

import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything the hot reads need, as it was at one moment. Immutable. */
public final class Snapshot {
  private final Map<String, Map<String, Standing>> byVantagePoint;
  private final Optional<VantagePoint> newest;

  private Snapshot(
      Map<String, Map<String, Standing>> byVantagePoint, Optional<VantagePoint> newest) {
    this.byVantagePoint = byVantagePoint;
    this.newest = newest;
  }

  static Snapshot of(Collection<Standing> standings) {
    Map<String, Map<String, Standing>> byVantagePoint = new HashMap<>();
    for (Standing standing : standings) {
      byVantagePoint
          .computeIfAbsent(standing.vantagePoint().name(), _ -> new HashMap<>())
          .put(standing.targetId(), standing);
    }
    return new Snapshot(
        byVantagePoint,
        standings.stream()
            .max(Comparator.comparing(s -> s.observedAt().orElse(Instant.MIN)))
            .map(Standing::vantagePoint));
  }

  /** The vantage point that measured last, which is what readers see unless they name another. */
  public Optional<VantagePoint> newestVantagePoint() {
    return newest;
  }

  public Optional<VantagePoint> vantagePoint(String name) {
    return byVantagePoint.getOrDefault(name, Map.of()).values().stream()
        .findAny()
        .map(Standing::vantagePoint);
  }

  /** Every vantage point that measured anything, by name. */
  public List<VantagePoint> vantagePoints() {
    return standings().stream()
        .map(Standing::vantagePoint)
        .distinct()
        .sorted(Comparator.comparing(VantagePoint::name))
        .toList();
  }

  /** A target's standing as seen from one vantage point. */
  public Optional<Standing> standing(String targetId, VantagePoint from) {
    Map<String, Standing> standings = byVantagePoint.get(from.name());
    return standings == null ? Optional.empty() : Optional.ofNullable(standings.get(targetId));
  }

  /** Every target as seen from every vantage point. */
  public List<Standing> standings() {
    return byVantagePoint.values().stream().flatMap(all -> all.values().stream()).toList();
  }
}
