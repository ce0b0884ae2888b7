package io.nettrace.edge.health;

import io.nettrace.geo.GeoFileState;
import io.nettrace.geo.Places;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** How the databases of places fare, as data: a broken one never makes this node unready. */
@Readiness
@Service
public class GeoCheck implements HealthCheck {
  private final Places places;
  private final Standings standings;

  @Inject
  GeoCheck(Places places, Standings standings) {
    this.places = places;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    List<Trouble> troubles = new ArrayList<>();
    for (GeoFileState file : places.files()) {
      add(check, file);
      file.problem()
          .ifPresent(
              problem ->
                  troubles.add(
                      new Trouble(
                          file.file() + ": " + problem,
                          "Put a whole file in its place; it is read again by itself.")));
    }
    return standings.tell(check, "places", true, troubles);
  }

  private static void add(HealthCheckResponseBuilder check, GeoFileState state) {
    String name = String.valueOf(state.file().getFileName());
    check.withData(name + ".built", state.builtAt().map(Object::toString).orElse("never read"));
    state.problem().ifPresent(problem -> check.withData(name + ".problem", problem));
  }
}
