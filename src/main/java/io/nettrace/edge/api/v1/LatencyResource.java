package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.History;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Position;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far away a target is, now and in the past. */
@Path("latency/{host}")
@Produces("application/json")
@Service
public class LatencyResource {
  private static final Duration STANDARD_REACH = Duration.ofDays(1);

  private final Targets targets;
  private final Latest latest;
  private final LatencyPages pages;
  private final History history;
  private final Cursors cursors;
  private final Clock clock;

  @Inject
  LatencyResource(
      Targets targets,
      Latest latest,
      LatencyPages pages,
      History history,
      Cursors cursors,
      Clock clock) {
    this.targets = targets;
    this.latest = latest;
    this.pages = pages;
    this.history = history;
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
    return pages.page(subject).answer(ifNoneMatch);
  }

  @GET
  @Path("history")
  public Response history(
      @PathParam("host") String host,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address) {
    Query query = Query.of(address, Listing.PARAMETERS);
    Subject subject = Subject.of(host, query, targets, latest.snapshot());
    Listing listing = Listing.of("history", query, subject, STANDARD_REACH, cursors, clock);
    List<BurstSample> bursts =
        history.bursts(listing.selection(), listing.position(), listing.limit() + 1);
    return ListingPage.of(subject, listing, bursts, BurstView::of, LatencyResource::position)
        .answer(ifNoneMatch, address, cursors, "history", clock.instant());
  }

  private static Position position(BurstSample burst) {
    return new Position(
        burst.observedAt(), burst.method().name(), burst.address().getHostAddress());
  }
}
