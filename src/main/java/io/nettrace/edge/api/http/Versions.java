package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions of what several people may change: an answer carries one as its {@code ETag}, a change
 * says in {@code If-Match} which one it was made of.
 */
public final class Versions {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"v([0-9]{1,9})\"");

  private Versions() {}

  public static String tag(int version) {
    return "\"v" + version + '"';
  }

  /** The version that a change was made of; refused when it does not say. */
  public static int needed(@Nullable String ifMatch) {
    return given(ifMatch)
        .orElseThrow(
            () ->
                new Refusal(
                    Problem.of(
                        "version-needed",
                        "Say which version you change",
                        428,
                        "Send the ETag that you read as If-Match, so that nobody's change is"
                            + " overwritten unseen.")));
  }

  /** Empty when it does not matter, which {@code *} says too. */
  public static OptionalInt given(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return OptionalInt.empty();
    }
    Matcher matcher = TAG.matcher(ifMatch.strip());
    if (!matcher.matches()) {
      throw stale();
    }
    return OptionalInt.of(Integer.parseInt(matcher.group(1)));
  }

  public static Refusal stale() {
    return new Refusal(
        Problem.of(
            "version-stale",
            "Somebody changed it meanwhile",
            412,
            "Read it again, and change what you read then."));
  }
}
