package io.nettrace.route;

import io.nettrace.geo.Places;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.sample.History;
import io.nettrace.sample.Records;
import io.nettrace.scan.TraceRequests;
import io.nettrace.tenant.NoTenants;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.testing.NoObservers;
import java.time.Clock;

/** The routes for tests of other components. */
public record RoutesKit(
    Database database, TenantDatabase walls, Places places, TraceRequests traceRequests) {

  /** Where there are no tenants. */
  public RoutesKit(Database database, Places places, TraceRequests traceRequests) {
    this(database, new NoTenants(database).walls(), places, traceRequests);
  }

  public Routes routes() {
    return new Routes(places, traceRequests, new NoObservers<>());
  }

  public RouteChanges changes() {
    return new RouteChanges(records());
  }

  public EdgeMoves moves() {
    return new EdgeMoves(records());
  }

  public RoutePaths paths(History history) {
    return new RoutePaths(history, changes(), places);
  }

  /** Does once what a chore does now and then. */
  public void judgeEffects(History history, Clock clock) {
    new ChangeEffects(
            records(), history, new NoTenants(database).tenants(), new Chores(database), clock)
        .look();
  }

  private Records records() {
    return new Records(database, walls);
  }
}
