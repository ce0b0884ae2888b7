package io.nettrace.edge.api.idempotency;

import io.nettrace.edge.api.http.Needs;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;

/** Lets each POST and PATCH that needs a caller be repeated. Other methods are by themselves. */
@Provider
@Service
public class IdempotencyFeature implements DynamicFeature {
  private final IdempotencyFilter repetition;

  @Inject
  IdempotencyFeature(IdempotencyFilter repetition) {
    this.repetition = repetition;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Method method = resource.getResourceMethod();
    boolean writes =
        method.isAnnotationPresent(POST.class) || method.isAnnotationPresent(PATCH.class);
    if (writes && method.isAnnotationPresent(Needs.class)) {
      context.register(repetition, Priorities.USER);
    }
  }
}
