package io.nettrace.platform.web;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from using a browser's session: a request that changes something must say that
 * it comes from a page of ours.
 */
public final class SameOrigin {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private SameOrigin() {}

  /** Whether a request changes nothing, or comes from a page of ours, as its headers say. */
  public static boolean isKept(
      String method, @Nullable String site, @Nullable String origin, @Nullable String host) {
    if (HARMLESS.contains(method)) {
      return true;
    }
    return site == null ? isOurs(origin, host) : site.equals("same-origin");
  }

  private static boolean isOurs(@Nullable String origin, @Nullable String host) {
    if (origin == null || host == null) {
      return false;
    }
    try {
      return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
