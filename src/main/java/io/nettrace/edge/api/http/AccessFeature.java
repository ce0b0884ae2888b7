package io.nettrace.edge.api.http;

import io.nettrace.desk.Desk;
import io.nettrace.plan.Quotas;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;

/** Puts before each resource's method the decision whether the caller may call it. */
@Provider
@Service
public class AccessFeature implements DynamicFeature {
  private static final String OURS = "io.nettrace.";

  private final Desk desk;
  private final Quotas quotas;
  private final UnmeteredCalls unmetered;
  private final OpenDoor door;
  private final Clock clock;

  @Inject
  AccessFeature(Desk desk, Quotas quotas, UnmeteredCalls unmetered, OpenDoor door, Clock clock) {
    this.unmetered = unmetered;
    this.door = door;
    this.desk = desk;
    this.quotas = quotas;
    this.clock = clock;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (!resource.getResourceClass().getPackageName().startsWith(OURS)
        || !resource.getResourceMethod().getDeclaringClass().equals(resource.getResourceClass())) {
      return; // the container's own answer to OPTIONS, which says nothing about anybody
    }
    Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
    boolean open = resource.getResourceMethod().isAnnotationPresent(Open.class);
    if ((needs == null) != open) {
      throw new IllegalStateException(
          resource.getResourceMethod() + " must say either what it needs, or that it is open");
    }
    if (needs == null) {
      context.register(door, Priorities.AUTHORIZATION);
    } else {
      Access access = new Access(needs, desk, quotas, unmetered, clock);
      context.register(access, Priorities.AUTHORIZATION);
    }
  }
}
