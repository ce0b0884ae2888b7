package io.nettrace.desk;

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
  public Horizons(Plans plans, Clock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /** The caller's horizon now. */
  public Horizon of(Caller caller) {
    return new Horizon(caller.plan(), plans, clock.instant());
  }
}
