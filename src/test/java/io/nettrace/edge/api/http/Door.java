package io.nettrace.edge.api.http;

import io.nettrace.desk.DeniedException;
import io.nettrace.desk.Desk;
import io.nettrace.plan.Admission;
import io.nettrace.plan.Plans;
import io.nettrace.plan.QuotaState;
import io.nettrace.plan.Quotas;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.Signals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The filters that stand before one method of a resource, put there by {@link AccessFeature}. */
final class Door {
  private final Admitting quotas;
  private final List<ContainerRequestFilter> filters = new ArrayList<>();

  Door(Class<?> resource, Method method, Plans plans, Clock clock) {
    quotas = new Admitting(plans, clock);
    HttpServletRequest servlet =
        standIn(HttpServletRequest.class, Map.of("getRemoteAddr", "192.0.2.1"));
    OpenDoor open = new OpenDoor(servlet, new ApiConfig(Optional.empty(), 1_000_000, 600, 8));
    FeatureContext context =
        (FeatureContext)
            Proxy.newProxyInstance(
                Door.class.getClassLoader(),
                new Class<?>[] {FeatureContext.class},
                (self, called, arguments) -> {
                  if (called.getName().equals("register")
                      && arguments[0] instanceof ContainerRequestFilter filter) {
                    filters.add(filter);
                    return self;
                  }
                  throw new AssertionError("not expected: " + called);
                });
    ResourceInfo info =
        standIn(
            ResourceInfo.class, Map.of("getResourceClass", resource, "getResourceMethod", method));
    new AccessFeature(
            new Desk(plans, clock), quotas, new UnmeteredCalls(1_000_000, 1_000_000), open, clock)
        .configure(info, context);
    if (filters.size() != 1) {
      throw new AssertionError(method + " is guarded by " + filters);
    }
  }

  boolean admits(SecurityContext caller) {
    ContainerRequestContext request =
        standIn(ContainerRequestContext.class, Map.of("getSecurityContext", caller));
    try {
      for (ContainerRequestFilter filter : filters) {
        filter.filter(request);
      }
      return true;
    } catch (RefusalException | DeniedException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the call is put to the tenant's account. */
  boolean counts(SecurityContext caller) {
    int before = quotas.asked;
    boolean _ = admits(caller);
    return quotas.asked > before;
  }

  /** Answers these calls, has no attribute, takes note of properties, and expects nothing else. */
  private static <T> T standIn(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            Door.class.getClassLoader(),
            new Class<?>[] {type},
            (_, called, _) -> {
              if (answers.containsKey(called.getName())) {
                return answers.get(called.getName());
              }
              if (called.getName().equals("setProperty")
                  || called.getName().equals("getAttribute")) {
                return null;
              }
              throw new AssertionError("not expected: " + called);
            }));
  }

  /** Quotas that are never used up. */
  private static final class Admitting extends Quotas {
    private int asked;

    Admitting(Plans plans, Clock clock) {
      this(
          new Database(
              () -> {
                throw new AssertionError("nothing is read");
              }),
          plans,
          clock);
    }

    private Admitting(Database database, Plans plans, Clock clock) {
      super(database, new TenantPlans(database, new Signals(database), plans), clock);
    }

    @Override
    @SuppressWarnings("NullAway") // no ticket: nothing is answered, so nobody gives it back
    public Admission admit(UUID tenantId) {
      asked++;
      return new Admission.Admitted(null);
    }

    @Override
    public QuotaState state(UUID tenantId) {
      throw new AssertionError("nothing is answered");
    }
  }
}
