package io.nettrace.edge.api.v1;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Nanoseconds as the API writes them: milliseconds with fractional digits, absent when unknown. */
final class Millis {
  private static final double NANOS_PER_MILLI = 1e6;

  private Millis() {}

  static double of(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  static @Nullable Double of(OptionalLong nanos) {
    return nanos.isPresent() ? of(nanos.getAsLong()) : null;
  }

  static @Nullable Double of(Optional<Long> nanos) {
    return nanos.map(Millis::of).orElse(null);
  }
}
