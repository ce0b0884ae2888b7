package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Caller;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Clock;

/** How far back each caller sees. */
@Service
public class Horizons {
  private final Plans plans;
  private final Clock clock;

  @Inject
  Horizons(Plans plans, Clock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /** As it is now. */
  Horizon of(Caller caller) {
    return new Horizon(caller.plan(), plans, clock.instant());
  }
}
