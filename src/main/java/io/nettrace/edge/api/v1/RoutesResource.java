package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.route.RecordedChange;
import io.nettrace.route.RouteChanges;
import io.nettrace.sample.History;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Standing;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a target, and how it changed. */
@Path("routes/{host}")
@Produces("application/json")
@Service
public class RoutesResource {
  private static final Duration STANDARD_REACH = Duration.ofDays(7);
  private static final Duration LAST_CHANGE_REACH = Duration.ofDays(730);

  private final Targets targets;
  private final Latest latest;
  private final History history;
  private final RouteChanges changes;
  private final Cursors cursors;
  private final Clock clock;

  @Inject
  RoutesResource(
      Targets targets,
      Latest latest,
      History history,
      RouteChanges changes,
      Cursors cursors,
      Clock clock) {
    this.targets = targets;
    this.latest = latest;
    this.history = history;
    this.changes = changes;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  public Response now(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address) {
    Query query = Query.of(address, "vantage_point");
    Subject subject = Subject.of(host, query, targets, latest.snapshot());
    return new Page(view(subject)).answer(ifNoneMatch);
  }

  @GET
  @Path("changes")
  public Response changes(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address) {
    Query query = Query.of(address, Listing.PARAMETERS);
    Subject subject = Subject.of(host, query, targets, latest.snapshot());
    Listing listing = Listing.of("changes", query, subject, STANDARD_REACH, cursors, clock);
    List<RecordedChange> found =
        changes.list(listing.selection(), listing.position(), listing.limit() + 1);
    return ListingPage.of(
            subject, listing, found, RouteView.ChangeView::of, RoutesResource::position)
        .answer(ifNoneMatch, address, cursors, "changes", clock.instant());
  }

  private RouteView view(Subject subject) {
    String target = subject.target().id();
    String from = subject.vantagePoint().name();
    Instant now = clock.instant();
    return new RouteView(
        subject.target().host(),
        target,
        from,
        subject.vantagePoint().simulated(),
        subject.standing().flatMap(Standing::trace).map(PathView::of).orElse(null),
        history.newestHops(target, from).map(RouteView.HopsView::of).orElse(null),
        changes
            .newest(new Selection(target, from, now.minus(LAST_CHANGE_REACH), now))
            .map(RouteView.ChangeView::of)
            .orElse(null));
  }

  private static Position position(RecordedChange change) {
    return new Position(
        change.observedAt(), change.method().name(), change.address().getHostAddress());
  }
}
