package io.nettrace.geo;

/** A point on the globe, in degrees (WGS 84). */
public record Coordinates(double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6_371;

  public Coordinates {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("no point on the globe: " + latitude + ", " + longitude);
    }
  }

  /** Along the great circle. */
  public double kilometresTo(Coordinates other) {
    double phi = Math.toRadians(latitude);
    double otherPhi = Math.toRadians(other.latitude);
    double a =
        square(Math.sin((otherPhi - phi) / 2))
            + Math.cos(phi)
                * Math.cos(otherPhi)
                * square(Math.sin(Math.toRadians(other.longitude - longitude) / 2));
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, a)));
  }

  private static double square(double value) {
    return value * value;
  }
}
