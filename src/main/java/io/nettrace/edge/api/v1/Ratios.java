package io.nettrace.edge.api.v1;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Ratios as the API writes them: 0–1, absent when unknown. */
final class Ratios {
  private Ratios() {}

  static @Nullable Double of(OptionalDouble ratio) {
    return ratio.isPresent() ? ratio.getAsDouble() : null;
  }
}
