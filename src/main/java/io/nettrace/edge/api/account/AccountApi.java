package io.nettrace.edge.api.account;

import java.util.Set;

/** The resources of this part of the API. */
public final class AccountApi {
  private AccountApi() {}

  public static Set<Class<?>> resources() {
    return Set.of(
        SignUpsResource.class,
        KeysResource.class,
        UsageResource.class,
        PlansResource.class,
        TenantResource.class,
        CustomTargetsResource.class,
        WatchListsResource.class);
  }
}
