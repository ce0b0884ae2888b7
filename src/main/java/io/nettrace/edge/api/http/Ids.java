package io.nettrace.edge.api.http;

import java.util.UUID;
import java.util.function.Supplier;

/** Ids in addresses. */
public final class Ids {
  private static final int LENGTH = 36;

  private Ids() {}

  /** What is no id is as unknown as an id that nobody has. */
  public static UUID uuid(String text, Supplier<RefusalException> unknown) {
    try {
      if (text.length() == LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // answered below, like an id of nothing
    }
    throw unknown.get();
  }
}
