package io.nettrace.edge.api.v1;

import io.nettrace.catalog.Category;
import io.nettrace.catalog.WatchLists;
import io.nettrace.desk.Action;
import io.nettrace.desk.Desk;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from queries which targets they choose. */
@Service
public class TargetFilters {
  private final WatchLists lists;
  private final Desk desk;
  private final RecordReads reads;

  @Inject
  TargetFilters(WatchLists lists, Desk desk, RecordReads reads) {
    this.lists = lists;
    this.desk = desk;
    this.reads = reads;
  }

  TargetFilter of(ApiCaller caller, QueryParameters query) {
    return new TargetFilter(
        query.text("category").map(TargetFilters::category),
        query.text("tag"),
        query.text("watch_list").map(id -> targets(caller, id)));
  }

  private static String category(String word) {
    if (!word.equals(ShownTarget.CUSTOM) && Category.of(word).isEmpty()) {
      throw BadRequests.parameter(
          "category",
          "must be one of "
              + Stream.concat(
                      Arrays.stream(Category.values()).map(Category::word),
                      Stream.of(ShownTarget.CUSTOM))
                  .collect(Collectors.joining(", ")));
    }
    return word;
  }

  private Set<String> targets(ApiCaller caller, String text) {
    UUID id = id(text);
    desk.require(caller.caller(), Action.READ_WATCH_LISTS);
    return Set.copyOf(
        reads
            .read(caller.caller(), () -> lists.find(caller.tenant(), id))
            .orElseThrow(() -> Refusals.unknownWatchList(text))
            .targetIds());
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw BadRequests.parameter("watch_list", "must be the id of one of your watch lists");
    }
  }
}
