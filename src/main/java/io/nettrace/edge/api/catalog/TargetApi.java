package io.nettrace.edge.api.catalog;

import java.util.Set;

/** The resources of this part of the API. */
public final class TargetApi {
  private TargetApi() {}

  public static Set<Class<?>> resources() {
    return Set.of(CustomTargetsResource.class, WatchListsResource.class);
  }
}
