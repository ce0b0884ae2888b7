package io.nettrace.lab.topology;

/**
 * A place where carriers meet.
 *
 * @param code as it stands in routers' names
 * @param country two letters, as they stand in routers' names
 */
record City(String code, String place, String country, double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6_371;
  private static final double FIBRE_KM_PER_MILLI = 204;

  /** Round-trip delay of light in a straight fibre along the great circle. */
  double fibreRttMillis(City other) {
    double lat1 = Math.toRadians(latitude);
    double lat2 = Math.toRadians(other.latitude);
    double a =
        square(Math.sin((lat2 - lat1) / 2))
            + Math.cos(lat1)
                * Math.cos(lat2)
                * square(Math.sin(Math.toRadians(other.longitude - longitude) / 2));
    double kilometres = 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(a));
    return 2 * kilometres / FIBRE_KM_PER_MILLI;
  }

  private static double square(double value) {
    return value * value;
  }
}
