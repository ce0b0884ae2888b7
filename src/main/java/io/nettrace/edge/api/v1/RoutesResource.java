package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.geo.Places;
import io.nettrace.metric.AddressText;
import io.nettrace.platform.Service;
import io.nettrace.route.PathAt;
import io.nettrace.route.PathDiff;
import io.nettrace.route.RecordedChange;
import io.nettrace.route.RouteChanges;
import io.nettrace.route.RoutePaths;
import io.nettrace.sample.History;
import io.nettrace.sample.KnownFeed;
import io.nettrace.sample.Position;
import io.nettrace.sample.RecordedTrace;
import io.nettrace.sample.Standing;
import io.nettrace.sample.TraceSample;
import io.nettrace.signal.EdgeVerdicts;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to a target: now, at any time, and how it changed. */
@Path("routes/{host}")
@Produces("application/json")
@Service
public class RoutesResource {
  private static final String CHANGES = "changes";
  private static final String TRACES = "traces";
  private static final Duration REACH_OF_CHANGES = Duration.ofDays(7);
  private static final Duration REACH_OF_TRACES = Duration.ofDays(1);

  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final KnownFeed feed;
  private final RouteChangeFeed published;
  private final History history;
  private final RoutePaths paths;
  private final RouteChanges changes;
  private final EdgeVerdicts verdicts;
  private final Places places;
  private final Cursors cursors;
  private final Clock clock;

  @Inject
  RoutesResource(
      Subjects subjects,
      Horizons horizons,
      RecordReads reads,
      KnownFeed feed,
      RouteChangeFeed published,
      History history,
      RoutePaths paths,
      RouteChanges changes,
      EdgeVerdicts verdicts,
      Places places,
      Cursors cursors,
      Clock clock) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.feed = feed;
    this.published = published;
    this.history = history;
    this.paths = paths;
    this.changes = changes;
    this.verdicts = verdicts;
    this.places = places;
    this.cursors = cursors;
    this.clock = clock;
  }

  /** The route now, or the one in force {@code at} a time. */
  @GET
  @Needs(value = Action.READ_ROUTES, cost = Cost.CALL)
  public Response route(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query = QueryParameters.of(address, "at", "vantage_point");
    ApiCaller caller = ApiCaller.of(security);
    Subject subject = subjects.of(caller, host, query);
    Optional<Instant> at = new TimeParameters(horizons.of(caller.caller())).time(query, "at");
    return new CachedAnswer(
            reads.read(
                caller.caller(),
                () -> at.map(time -> then(subject, time)).orElseGet(() -> now(subject))))
        .answer(ifNoneMatch);
  }

  /** What differs between the paths at two times. */
  @GET
  @Needs(value = Action.READ_ROUTES, cost = Cost.CALL)
  @Path("diff")
  public Response diff(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query = QueryParameters.of(address, "a", "b", "vantage_point");
    ApiCaller caller = ApiCaller.of(security);
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Subject subject = subjects.of(caller, host, query);
    Instant timeA = required(query, times, "a");
    Instant timeB = required(query, times, "b");
    PathAt a = reads.read(caller.caller(), () -> pathAt(subject, timeA));
    PathAt b = reads.read(caller.caller(), () -> pathAt(subject, timeB));
    PathDiff diff = paths.diff(a, b, subject.vantagePoint());
    HopViews hops = new HopViews(places, subject.vantagePoint().simulated());
    return new CachedAnswer(
            new DiffView(
                subject.target().host(),
                subject.target().id(),
                subject.vantagePoint().name(),
                subject.vantagePoint().simulated(),
                diff.isSame(),
                hops.of(a.snapshot()),
                hops.of(b.snapshot()),
                diff.steps().stream().map(step -> DiffView.StepView.of(step, hops)).toList()))
        .answer(ifNoneMatch);
  }

  @GET
  @Needs(value = Action.READ_ROUTES, cost = Cost.CALL)
  @Path("changes")
  public Response changes(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query = QueryParameters.of(address, BurstListing.PARAMETERS);
    ApiCaller caller = ApiCaller.of(security);
    OwnCursors own = cursors.of(caller.tenant().id());
    Subject subject =
        subjects.of(caller, host, query, BurstListing.vantagePoint(CHANGES, query, own));
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Optional<KnownListing> polled =
        KnownListing.of(CHANGES, query, subject, REACH_OF_CHANGES, own, times);
    if (polled.isPresent()) {
      KnownListing known = polled.get();
      return KnownListingPage.of(
              subject,
              known,
              reads.read(
                  caller.caller(),
                  () -> published.changes(known.selection(), known.from(), known.limit())),
              ChangeView::of,
              RouteChangeFeed::position,
              Fields.of(query),
              ChangeView.class)
          .answer(ifNoneMatch, address, own);
    }
    BurstListing listing = BurstListing.of(CHANGES, query, subject, REACH_OF_CHANGES, own, times);
    List<RecordedChange> found =
        reads.read(
            caller.caller(),
            () -> changes.list(listing.selection(), listing.position(), listing.limit() + 1));
    return ListingPage.of(
            subject,
            listing,
            found,
            ChangeView::of,
            RoutesResource::position,
            Fields.of(query),
            ChangeView.class)
        .answer(ifNoneMatch, address, own, clock);
  }

  /** Every trace of a range, without its hops. */
  @GET
  @Needs(value = Action.READ_ROUTES, cost = Cost.CALL)
  @Path("traces")
  public Response traces(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query = QueryParameters.of(address, BurstListing.WITH_METHOD);
    ApiCaller caller = ApiCaller.of(security);
    OwnCursors own = cursors.of(caller.tenant().id());
    Subject subject =
        subjects.of(caller, host, query, BurstListing.vantagePoint(TRACES, query, own));
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Optional<KnownListing> polled =
        KnownListing.of(TRACES, query, subject, REACH_OF_TRACES, own, times);
    if (polled.isPresent()) {
      KnownListing known = polled.get();
      return KnownListingPage.of(
              subject,
              known,
              reads.read(
                  caller.caller(),
                  () -> feed.traces(known.selection(), known.from(), known.limit())),
              row -> RecordedTraceView.of(known.selection(), row),
              RecordedTrace::position,
              Fields.of(query),
              RecordedTraceView.class)
          .answer(ifNoneMatch, address, own);
    }
    BurstListing listing = BurstListing.of(TRACES, query, subject, REACH_OF_TRACES, own, times);
    List<RecordedTrace> found =
        reads.read(
            caller.caller(),
            () ->
                history.traces(
                    listing.selection(), listing.asOf(), listing.position(), listing.limit() + 1));
    return ListingPage.of(
            subject,
            listing,
            found,
            row -> RecordedTraceView.of(listing.selection(), row),
            row -> position(row.trace()),
            Fields.of(query),
            RecordedTraceView.class)
        .answer(ifNoneMatch, address, own, clock);
  }

  private RouteView now(Subject subject) {
    String target = subject.target().id();
    return view(
        subject,
        Optional.empty(),
        subject.standing().flatMap(Standing::trace).map(PathView::of),
        paths.at(subject.target().whose(), target, subject.vantagePoint(), clock.instant()),
        verdicts.of(target, subject.vantagePoint()).map(RouteView.VerdictView::of));
  }

  private RouteView then(Subject subject, Instant at) {
    return view(
        subject,
        Optional.of(at),
        Optional.empty(),
        Optional.of(pathAt(subject, at)),
        Optional.empty());
  }

  private RouteView view(
      Subject subject,
      Optional<Instant> at,
      Optional<PathView> newest,
      Optional<PathAt> kept,
      Optional<RouteView.VerdictView> endpoint) {
    HopViews hops = new HopViews(places, subject.vantagePoint().simulated());
    return new RouteView(
        subject.target().host(),
        subject.target().id(),
        subject.vantagePoint().name(),
        subject.vantagePoint().simulated(),
        at.orElse(null),
        newest.orElse(null),
        kept.map(path -> hops.of(path.snapshot())).orElse(null),
        kept.flatMap(PathAt::since).map(ChangeView::of).orElse(null),
        endpoint.orElse(null));
  }

  private PathAt pathAt(Subject subject, Instant at) {
    return paths
        .at(subject.target().whose(), subject.target().id(), subject.vantagePoint(), at)
        .orElseThrow(() -> Refusals.noPathThen(subject.target().host()));
  }

  private static Instant required(QueryParameters query, TimeParameters times, String name) {
    return times
        .time(query, name)
        .orElseThrow(() -> BadRequests.parameter(name, "is needed: the time of one of the paths"));
  }

  private static Position position(RecordedChange change) {
    return new Position(
        change.observedAt(), change.method().name(), AddressText.of(change.address()));
  }

  private static Position position(TraceSample trace) {
    return new Position(trace.observedAt(), trace.method().name(), AddressText.of(trace.address()));
  }
}
