package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.geo.Coordinates;
import io.nettrace.geo.Place;
import io.nettrace.geo.Places;
import io.nettrace.platform.Service;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Snapshot;
import io.nettrace.scan.Scanners;
import io.nettrace.scan.VantageFaults;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where is measured from, by which scanners, and what they hold back or had to give up. */
@Path("vantage-points")
@Produces("application/json")
@Service
public class VantagePointsResource {
  private final Scanners scanners;
  private final VantageFaults faults;
  private final Latest latest;
  private final DefaultVantagePoints defaults;
  private final Places places;

  private record Body(@Nullable String defaultVantagePoint, List<PointView> items) {}

  private record PointView(
      String name,
      @Nullable Boolean simulated,
      @Nullable String city,
      @Nullable String country,
      @Nullable Double latitude,
      @Nullable Double longitude,
      List<FaultView> faults,
      List<ScannerView> scanners) {}

  private record ScannerView(
      UUID instance, Instant lastSeen, boolean sole, int slices, SpoolView spool) {
    static ScannerView of(Scanners.Scanner scanner) {
      return new ScannerView(
          scanner.instance(),
          scanner.lastSeen(),
          scanner.sole(),
          scanner.slices(),
          new SpoolView(
              scanner.spool().waiting(),
              scanner.spool().bytes(),
              scanner.spool().thinnedTraces(),
              scanner.spool().droppedTraces(),
              scanner.spool().droppedBursts(),
              scanner.spool().quarantined()));
    }
  }

  private record SpoolView(
      int waitingDeliveries,
      long waitingBytes,
      long thinnedTraces,
      long droppedTraces,
      long droppedBursts,
      long quarantinedFiles) {}

  @Inject
  VantagePointsResource(
      Scanners scanners,
      VantageFaults faults,
      Latest latest,
      DefaultVantagePoints defaults,
      Places places) {
    this.defaults = defaults;
    this.faults = faults;
    this.scanners = scanners;
    this.latest = latest;
    this.places = places;
  }

  @GET
  @Needs(value = Action.READ_MEASUREMENTS, cost = Cost.CALL)
  public Response list(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    Snapshot snapshot = latest.snapshot();
    ApiCaller caller = ApiCaller.of(security);
    Map<String, List<Scanners.Scanner>> byPoint =
        scanners.latelyFor(caller.actsFor().map(Tenant::id)).stream()
            .collect(
                Collectors.groupingBy(
                    Scanners.Scanner::vantagePoint, TreeMap::new, Collectors.toList()));
    List<VantageFaults.Fault> lately = faults.lately();
    List<PointView> points =
        byPoint.entrySet().stream()
            .map(point -> view(point.getKey(), point.getValue(), lately, snapshot))
            .toList();
    DefaultVantagePoints.Meant meant = defaults.of(caller.actsFor(), snapshot);
    caller.notes().tell(meant);
    return new CachedAnswer(
            new Body(meant.vantagePoint().map(VantagePoint::name).orElse(null), points))
        .answer(ifNoneMatch);
  }

  private PointView view(
      String name,
      List<Scanners.Scanner> its,
      List<VantageFaults.Fault> lately,
      Snapshot snapshot) {
    Optional<VantagePoint> point = snapshot.vantagePoint(name);
    Optional<Place> place = point.flatMap(p -> places.vantagePlace(p.simulated()));
    Optional<Coordinates> at = place.flatMap(Place::coordinates);
    return new PointView(
        name,
        point.map(VantagePoint::simulated).orElse(null),
        place.flatMap(Place::city).orElse(null),
        place.flatMap(Place::country).orElse(null),
        at.map(Coordinates::latitude).orElse(null),
        at.map(Coordinates::longitude).orElse(null),
        lately.stream()
            .filter(one -> one.vantagePoint().equals(name))
            .map(one -> FaultView.of(one.fault()))
            .toList(),
        its.stream().map(ScannerView::of).toList());
  }
}
