package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Versions of what several people may change: an answer carries one as its {@code ETag}, a change
 * says in {@code If-Match} which one it was made of.
 */
public final class Versions {
  private Versions() {}

  public static String tag(int version) {
    return "\"v" + version + '"';
  }

  /**
   * The version that a change was made of, which is the present one; refused when it is another, or
   * when none is named: {@code *} would overwrite what the caller has not read.
   */
  public static int needed(@Nullable String ifMatch, IntSupplier present) {
    return given(ifMatch, () -> OptionalInt.of(present.getAsInt()))
        .orElseThrow(
            () ->
                new RefusalException(
                    Problem.of(
                        "version-needed",
                        "Say which version you change",
                        428,
                        "Send the ETag that you read as If-Match, so that nobody's change is"
                            + " overwritten unseen.")));
  }

  /** Empty when it does not matter, which {@code *} says too, and when there is nothing. */
  public static OptionalInt given(@Nullable String ifMatch, Supplier<OptionalInt> present) {
    EntityTags named = EntityTags.parse(ifMatch);
    if (ifMatch == null || named.any()) {
      return OptionalInt.empty();
    }
    OptionalInt version = present.get();
    if (version.isPresent() && !named.plain().contains("v" + version.getAsInt())) {
      throw stale();
    }
    return version;
  }

  public static RefusalException stale() {
    return new RefusalException(
        Problem.of(
            "version-stale",
            "Somebody changed it meanwhile",
            412,
            "Read it again, and change what you read then."));
  }
}
