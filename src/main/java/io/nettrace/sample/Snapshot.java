package io.nettrace.sample;

import io.nettrace.scan.VantagePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything the hot reads need, as it was at one moment. Immutable. */
public final class Snapshot {
  /** Who has measured nothing for so long, while others did, measures no longer. */
  private static final Duration SILENT_AFTER = Duration.ofHours(1);

  /** One that has measured nothing for so long, while others did, was given up. */
  private static final Duration RETIRED_AFTER = Duration.ofHours(24);

  private final Map<String, Map<String, Standing>> byVantagePoint;
  private final List<VantagePoint> active;
  private final Optional<VantagePoint> usual;

  private Snapshot(
      Map<String, Map<String, Standing>> byVantagePoint,
      List<VantagePoint> active,
      Optional<VantagePoint> usual) {
    this.byVantagePoint = byVantagePoint;
    this.active = active;
    this.usual = usual;
  }

  static Snapshot of(Collection<Standing> standings) {
    Map<String, Map<String, Standing>> byVantagePoint = new HashMap<>();
    for (Standing standing : standings) {
      byVantagePoint
          .computeIfAbsent(standing.vantagePoint().name(), _ -> new HashMap<>())
          .put(standing.targetId(), standing);
    }
    Map<VantagePoint, Instant> last = last(standings);
    List<VantagePoint> active = since(last, RETIRED_AFTER);
    return new Snapshot(byVantagePoint, active, since(last, SILENT_AFTER).stream().findFirst());
  }

  /**
   * What readers see where nothing else is said: the first by name of those that still measure.
   * Which of them measured last changes every second and says nothing. {@link DefaultVantagePoints}
   * says when this is what counts.
   */
  Optional<VantagePoint> usualVantagePoint() {
    return usual;
  }

  /** Those that were not given up, by name: one that is down for an hour or two is still there. */
  List<VantagePoint> activeVantagePoints() {
    return active;
  }

  private static Map<VantagePoint, Instant> last(Collection<Standing> standings) {
    Map<VantagePoint, Instant> last = new HashMap<>();
    for (Standing standing : standings) {
      Instant at = standing.observedAt().orElse(Instant.EPOCH);
      last.merge(standing.vantagePoint(), at, (a, b) -> a.isAfter(b) ? a : b);
    }
    return last;
  }

  /** Which measured within {@code reach} of the newest of all, by name. */
  private static List<VantagePoint> since(Map<VantagePoint, Instant> last, Duration reach) {
    Instant newest = last.values().stream().max(Instant::compareTo).orElse(Instant.EPOCH);
    return last.entrySet().stream()
        .filter(one -> !one.getValue().isBefore(newest.minus(reach)))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(VantagePoint::name))
        .toList();
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
