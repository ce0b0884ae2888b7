package io.nettrace.edge.health;

import io.nettrace.platform.Service;
import io.nettrace.platform.event.ConsumerState;
import io.nettrace.platform.event.EventConsumers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Consumers of events, as data: one that fails never makes this node unready. */
@Readiness
@Service
public class EventsCheck implements HealthCheck {
  private final EventConsumers consumers;
  private final Standings standings;

  @Inject
  EventsCheck(EventConsumers consumers, Standings standings) {
    this.consumers = consumers;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    return standings.check(
        "events",
        check -> {
          List<ConsumerState> all = consumers.states();
          all.forEach(one -> tell(check, one));
          return troubles(all);
        });
  }

  static List<Trouble> troubles(List<ConsumerState> all) {
    List<Trouble> troubles = new ArrayList<>();
    for (ConsumerState one : all) {
      if (one.failures() > 0) {
        troubles.add(
            new Trouble(
                "%s failed %d times at its next event".formatted(one.name(), one.failures()),
                "GET /operator/v1/event-consumers says why. It is tried again until it is given up;"
                    + " nothing after it is taken in meanwhile."));
      }
      if (one.deadLetters() > 0) {
        troubles.add(
            new Trouble(
                "%s gave up %d events".formatted(one.name(), one.deadLetters()),
                "GET /operator/v1/event-consumers/%s/dead-letters says why; replay or drop them."
                    .formatted(one.name())));
      }
    }
    return troubles;
  }

  private static void tell(HealthCheckResponseBuilder check, ConsumerState one) {
    one.oldestWaiting()
        .ifPresent(at -> check.withData(one.name() + ".oldest_waiting", at.toString()));
    check.withData(one.name() + ".dead_letters", one.deadLetters());
  }
}
