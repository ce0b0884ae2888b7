package io.nettrace.platform.web;

import org.jspecify.annotations.Nullable;

/** What a client takes by its Accept-Encoding (RFC 9110, 12.5.3). */
public final class AcceptedCodings {
  public static final String GZIP = "gzip";

  private AcceptedCodings() {}

  /** The only coding that answers are sent in beside the plain one. */
  public static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    boolean any = false;
    for (String one : accepted.split(",", -1)) {
      String[] parts = one.strip().split(";", 2);
      String coding = parts[0].strip();
      boolean taken = parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      if (coding.equalsIgnoreCase(GZIP) || coding.equalsIgnoreCase("x-gzip")) {
        return taken;
      }
      any |= coding.equals("*") && taken;
    }
    return any;
  }
}
