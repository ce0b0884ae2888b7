package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Query;
import io.nettrace.target.Category;
import io.nettrace.target.Target;
import io.nettrace.target.Targets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The category that a query asks for. */
final class Categories {
  private Categories() {}

  /** The targets of the chosen category, or all. */
  static Stream<Target> chosen(Query query, Targets targets) {
    Optional<Category> category = query.text("category").map(Categories::category);
    return targets.all().stream()
        .filter(target -> category.isEmpty() || target.category() == category.get());
  }

  private static Category category(String word) {
    return Category.of(word)
        .orElseThrow(
            () ->
                BadRequests.parameter(
                    "category",
                    "must be one of "
                        + Arrays.stream(Category.values())
                            .map(Category::word)
                            .collect(Collectors.joining(", "))));
  }
}
