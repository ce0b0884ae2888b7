package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue and the caller's own targets, and how each stands. */
@Path("targets")
@Produces("application/json")
@Service
public class TargetsResource {
  private final Subjects subjects;

  /** A target and, once it was measured, how it stands. */
  private record Entry(TargetView target, @Nullable StandingView standing) {}

  private record StandingView(
      String state,
      boolean stale,
      @Nullable String reason,
      @Nullable DeviatingView deviation,
      @Nullable Instant observedAt,
      @Nullable String method,
      @Nullable String mode,
      @Nullable Integer sent,
      @Nullable Double lossRatio,
      @Nullable MedianView rttMs) {}

  /** Milliseconds, over the answered probes of the burst. */
  private record MedianView(double p50) {}

  private record Body(
      @Nullable String vantagePoint, @Nullable Boolean simulated, List<Entry> items) {}

  @Inject
  TargetsResource(Subjects subjects) {
    this.subjects = subjects;
  }

  @GET
  @Needs(value = Action.READ_LATENCY, cost = Cost.CALL)
  public Response list(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query =
        QueryParameters.of(address, "category", "tag", "watch_list", "vantage_point");
    ApiCaller caller = ApiCaller.of(security);
    Optional<VantagePoint> from = subjects.vantagePoint(caller, query);
    List<Entry> entries =
        subjects.seen(caller, query, from).stream().map(TargetsResource::entry).toList();
    Body body =
        new Body(
            from.map(VantagePoint::name).orElse(null),
            from.map(VantagePoint::simulated).orElse(null),
            entries);
    return new CachedAnswer(body).answer(ifNoneMatch);
  }

  private static Entry entry(Subjects.Seen seen) {
    return new Entry(
        TargetView.of(seen.target()), seen.standing().map(TargetsResource::view).orElse(null));
  }

  private static StandingView view(Standing standing) {
    return new StandingView(
        ConstantNames.of(standing.reachability()),
        standing.stale(),
        standing.reason().orElse(null),
        DeviatingView.of(Optional.of(standing)),
        standing.observedAt().orElse(null),
        standing.burst().map(b -> ConstantNames.of(b.method())).orElse(null),
        standing.burst().map(b -> ConstantNames.of(b.mode())).orElse(null),
        standing.burst().map(b -> b.sent()).orElse(null),
        standing.burst().flatMap(b -> b.lossRatio()).orElse(null),
        standing
            .burst()
            .flatMap(b -> b.delays())
            .map(d -> new MedianView(Millis.of(d.p50Nanos())))
            .orElse(null));
  }
}
