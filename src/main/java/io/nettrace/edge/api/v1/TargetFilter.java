package io.nettrace.edge.api.v1;

import io.nettrace.catalog.CustomTarget;
import java.util.Optional;
import java.util.Set;

/**
 * Which targets a query chooses; whatever it says must hold.
 *
 * @param ids of a watch list
 */
record TargetFilter(Optional<String> category, Optional<String> tag, Optional<Set<String>> ids) {

  boolean takes(ShownTarget target) {
    return category.map(target.category()::equals).orElse(true)
        && tag.map(target.tags()::contains).orElse(true)
        && ids.map(all -> all.contains(target.id())).orElse(true);
  }

  /** Whether one of the caller's own can be among them. */
  boolean maybeOwn() {
    return category.map(ShownTarget.CUSTOM::equals).orElse(true)
        && ids.map(all -> all.stream().anyMatch(id -> id.startsWith(CustomTarget.PREFIX)))
            .orElse(true);
  }
}
