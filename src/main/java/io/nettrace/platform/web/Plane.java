package io.nettrace.platform.web;

import jakarta.servlet.ServletRequest;

/**
 * Which listener a request came by, and so what is answered at all: customers on the public one,
 * operators, metrics and scanners on that of operations, scanners alone on theirs.
 */
public enum Plane {
  PUBLIC,
  OPERATIONS,
  SCANNERS,
  /** One listener for all, as in a server that was not started by the launcher. */
  EVERYTHING;

  private static final String NAME = "nettrace.plane";

  public static Plane of(int localPort, WebConfig config) {
    if (config.scannersPort() != 0 && localPort == config.scannersPort()) {
      return SCANNERS;
    }
    if (config.operationsPort() == 0) {
      return EVERYTHING;
    }
    return localPort == config.operationsPort() ? OPERATIONS : PUBLIC;
  }

  /** The plane of a request that came through the front filter. */
  public static Plane of(ServletRequest request) {
    return request.getAttribute(NAME) instanceof Plane plane ? plane : PUBLIC;
  }

  public void mark(ServletRequest request) {
    request.setAttribute(NAME, this);
  }

  /** Whether a path is answered. */
  public boolean serves(String path) {
    return switch (this) {
      case EVERYTHING, OPERATIONS -> true;
      case SCANNERS -> isBelow(path, "/scanner");
      case PUBLIC ->
          !isBelow(path, "/scanner")
              && !isBelow(path, "/operator")
              && !isBelow(path, "/metrics")
              && !isBelow(path, "/console");
    };
  }

  /** Whether operators are answered. */
  public boolean hasOperators() {
    return this == OPERATIONS || this == EVERYTHING;
  }

  private static boolean isBelow(String path, String folder) {
    return path.startsWith(folder)
        && (path.length() == folder.length() || "/;.".indexOf(path.charAt(folder.length())) >= 0);
  }
}
