package io.nettrace.route;

/** A path that was in force, and the name it was given when it was first seen. */
public record Route(String hash, CanonicalPath path) {
  static Route named(CanonicalPath path, HopIdentity identity) {
    return new Route(RouteHash.of(path, identity), path);
  }
}
