package io.nettrace.sample;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a reader of what became known stands: behind everything of that moment, or behind one row
 * of it.
 */
public record KnownPosition(Instant knownAt, Optional<Row> row) {

  /** A row among those of its moment; {@code key} tells those that began together apart. */
  public record Row(Instant observedAt, String key) {}

  /** Behind everything that was known then. */
  public static KnownPosition after(Instant knownAt) {
    return new KnownPosition(knownAt, Optional.empty());
  }

  static KnownPosition of(Instant knownAt, Instant observedAt, String key) {
    return new KnownPosition(knownAt, Optional.of(new Row(observedAt, key)));
  }
}
