package io.nettrace.geo;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far away an answer can have come from: light in fibre travels at two thirds of its speed in
 * vacuum, and an answer has to come back.
 */
public final class LightBound {
  /** Two thirds of 299,792.458 km/s. */
  private static final double FIBRE_KM_PER_SECOND = 299_792.458 * 2 / 3;

  /** Coordinates of cities are not those of machines. */
  private static final double TOLERANCE_KM = 50;

  /** Within this much of slack around the bound another large city is hardly possible. */
  private static final double NARROW_KM = 300;

  /** What follows for a place. */
  record Judgement(Confidence confidence, String reason) {}

  private LightBound() {}

  /** No answer that took this long can have come from farther away. */
  public static double farthestKm(long rttNanos) {
    return rttNanos / 1e9 / 2 * FIBRE_KM_PER_SECOND;
  }

  /** The least round-trip delay over a distance. */
  public static long leastRttNanos(double kilometres) {
    return Math.round(2 * kilometres / FIBRE_KM_PER_SECOND * 1e9);
  }

  static Judgement judge(Place place, Optional<Place> vantage, OptionalLong minRttNanos) {
    Optional<Coordinates> from = vantage.flatMap(Place::coordinates);
    if (place.coordinates().isEmpty()) {
      return new Judgement(Confidence.LOW, "the source gives no coordinates to check");
    }
    if (from.isEmpty() || minRttNanos.isEmpty()) {
      return new Judgement(
          Confidence.LOW,
          from.isEmpty()
              ? "only the source says so; the vantage point's own place is not known"
              : "only the source says so; no delay was measured to check it");
    }
    double distance = from.get().kilometresTo(place.coordinates().get());
    return judge(distance, farthestKm(minRttNanos.getAsLong()), place.radiusKm().orElse(0));
  }

  private static Judgement judge(double distance, double farthest, int radius) {
    double excess = distance - radius - TOLERANCE_KM - farthest;
    if (excess > 0) {
      return new Judgement(
          Confidence.IMPOSSIBLE,
          "%s away, but light in fibre comes no farther than %s in half the least delay"
              .formatted(km(distance), km(farthest)));
    }
    if (farthest <= NARROW_KM) {
      return new Judgement(
          Confidence.HIGH, "the least delay leaves no more than %s".formatted(km(farthest)));
    }
    return new Judgement(
        farthest <= 2 * distance + NARROW_KM ? Confidence.MEDIUM : Confidence.LOW,
        "%s away of at most %s that the least delay allows".formatted(km(distance), km(farthest)));
  }

  private static String km(double kilometres) {
    return String.format(Locale.ROOT, "%,.0f km", kilometres);
  }
}
