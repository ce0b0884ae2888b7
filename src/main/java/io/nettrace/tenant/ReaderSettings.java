package io.nettrace.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the API answers a tenant's readers.
 *
 * @param vantagePoint name of the one that is meant where none is named; empty for the
 *     installation's default
 * @param origins web pages that may read answers to the tenant's keys
 * @param version counts the changes; 0 before the first
 * @param changed empty before the first change
 */
public record ReaderSettings(
    Optional<String> vantagePoint, List<String> origins, int version, Optional<Change> changed) {
  /** Of a tenant that has set nothing. */
  public static final ReaderSettings UNSET =
      new ReaderSettings(Optional.empty(), List.of(), 0, Optional.empty());

  public ReaderSettings {
    origins = List.copyOf(origins);
  }

  /** Whether this is what they say, whichever change it was. */
  boolean has(Optional<String> point, List<String> list) {
    return vantagePoint.equals(point) && origins.equals(list);
  }

  /** The last change, and who made it. */
  public record Change(Instant at, String by) {}
}
