package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.v1.EventView.Positioned;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened on the ways to all targets that the caller sees, the oldest first. */
@Path("changes")
@Produces("application/json")
@Service
public class ChangesResource {
  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final EventReads events;
  private final Cursors cursors;
  private final Clock clock;

  private record Body(Instant start, Instant end, List<?> items, @Nullable String nextCursor) {}

  private record Feed(
      Instant knownAfter, Instant knownUntil, List<?> items, boolean more, String nextCursor) {}

  @Inject
  ChangesResource(
      Subjects subjects,
      Horizons horizons,
      RecordReads reads,
      EventReads events,
      Cursors cursors,
      Clock clock) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.events = events;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  @Needs(value = Action.READ_CHANGES, cost = Cost.CALL)
  public Response list(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    OwnCursors own = cursors.of(caller.tenant().id());
    QueryParameters query = QueryParameters.of(address, EventListing.PARAMETERS);
    if (query.text("vantage_point").isPresent()) {
      var _ = subjects.vantagePoint(caller, query);
    }
    EventListing listing =
        EventListing.of(
            query, caller, subjects, own, new TimeParameters(horizons.of(caller.caller())));
    return listing.isFeed()
        ? poll(listing, query, own, caller, ifNoneMatch, address)
        : range(listing, query, own, caller, ifNoneMatch, address);
  }

  /** What became known since, and where to go on, whether there is more or not. */
  private Response poll(
      EventListing listing,
      QueryParameters query,
      OwnCursors own,
      ApiCaller caller,
      @Nullable String ifNoneMatch,
      UriInfo address) {
    EventReads.Polled polled = reads.read(caller.caller(), () -> events.poll(listing));
    List<?> items = items(polled.events(), query);
    String cursor = listing.feedCursor(polled.last(), own);
    Feed view = new Feed(listing.knownAfter(), polled.until(), items, polled.more(), cursor);
    return KnownListingPage.answer(view, items, polled.more(), cursor, ifNoneMatch, address);
  }

  private Response range(
      EventListing listing,
      QueryParameters query,
      OwnCursors own,
      ApiCaller caller,
      @Nullable String ifNoneMatch,
      UriInfo address) {
    List<Positioned> found = reads.read(caller.caller(), () -> events.list(listing));
    boolean more = found.size() > listing.limit();
    List<Positioned> shown = more ? found.subList(0, listing.limit()) : found;
    Optional<String> cursor =
        more ? Optional.of(listing.cursor(shown.getLast(), own)) : Optional.empty();
    Body body =
        new Body(
            listing.range().start(),
            listing.range().end(),
            items(shown, query),
            cursor.orElse(null));
    Response.ResponseBuilder response =
        new CachedAnswer(body)
            .answer(ifNoneMatch, Range.cacheControl(listing.range().end(), false, clock));
    cursor.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }

  private static List<?> items(List<Positioned> shown, QueryParameters query) {
    List<EventView> views = shown.stream().map(Positioned::view).toList();
    return Fields.of(query).<List<?>>map(wanted -> wanted.of(views, EventView.class)).orElse(views);
  }
}
