package io.nettrace.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Targets that belong together for a tenant.
 *
 * @param targetIds of the catalogue and of its own, in the order in which they are shown; one that
 *     is gone stays until the list is changed
 * @param version raised by each change
 */
public record WatchList(
    UUID id, String name, List<String> targetIds, Instant createdAt, int version) {
  public WatchList {
    targetIds = List.copyOf(targetIds);
  }
}
