package io.nettrace.edge.health;

import io.nettrace.geo.GeoFileState;
import io.nettrace.geo.Places;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** How the databases of places fare, as data: a broken one never makes this node unready. */
@Readiness
@Service
public class GeoCheck implements HealthCheck {
  private final Places places;

  @Inject
  GeoCheck(Places places) {
    this.places = places;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("places").up();
    places.files().forEach(file -> add(check, file));
    return check.build();
  }

  private static void add(HealthCheckResponseBuilder check, GeoFileState state) {
    String name = String.valueOf(state.file().getFileName());
    check.withData(name + ".built", state.builtAt().map(Object::toString).orElse("never read"));
    state.problem().ifPresent(problem -> check.withData(name + ".problem", problem));
  }
}
