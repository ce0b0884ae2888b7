package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Caller;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.Page;
import io.nettrace.edge.api.http.Query;
import io.nettrace.edge.api.http.RecordReads;
import io.nettrace.edge.api.v1.EventView.Positioned;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.Service;
import io.nettrace.route.EdgeMoves;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.route.RouteChanges;
import io.nettrace.signal.Deviations;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened on the ways to all targets that the caller sees, the oldest first. */
@Path("changes")
@Produces("application/json")
@Service
public class ChangesResource {
  private static final Comparator<Positioned> ORDER =
      Comparator.<Positioned, Instant>comparing(event -> event.position().at())
          .thenComparing(Positioned::type)
          .thenComparing(event -> event.position().key());

  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final RouteChanges changes;
  private final Deviations deviations;
  private final EdgeMoves moves;
  private final Cursors cursors;
  private final Clock clock;

  private record Body(Instant start, Instant end, List<?> items, @Nullable String nextCursor) {}

  /** One kind of event's listing. */
  @FunctionalInterface
  private interface Source<T> {
    List<T> list(EventRange range, Optional<EventPosition> position, int limit);
  }

  @Inject
  ChangesResource(
      Subjects subjects,
      Horizons horizons,
      RecordReads reads,
      RouteChanges changes,
      Deviations deviations,
      EdgeMoves moves,
      Cursors cursors,
      Clock clock) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.changes = changes;
    this.deviations = deviations;
    this.moves = moves;
    this.cursors = cursors;
    this.clock = clock;
  }

  @GET
  @Needs(value = Permission.READ_MEASUREMENTS, plan = Entitlement.CHANGES)
  public Response list(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    OwnCursors own = cursors.of(caller.tenant().id());
    Query query = Query.of(address, EventListing.PARAMETERS);
    if (query.text("vantage_point").isPresent()) {
      var _ = subjects.vantagePoint(query);
    }
    EventListing listing = EventListing.of(query, caller, subjects, own, horizons.of(caller));
    List<Positioned> found = reads.read(caller, () -> events(listing));
    boolean more = found.size() > listing.limit();
    List<Positioned> shown = more ? found.subList(0, listing.limit()) : found;
    Optional<String> cursor =
        more ? Optional.of(listing.cursor(shown.getLast(), own)) : Optional.empty();
    List<EventView> views = shown.stream().map(Positioned::view).toList();
    Body body =
        new Body(
            listing.range().start(),
            listing.range().end(),
            Fields.of(query)
                .<List<?>>map(wanted -> wanted.of(views, EventView.class))
                .orElse(views),
            cursor.orElse(null));
    Response.ResponseBuilder response =
        new Page(body).answer(ifNoneMatch, Range.cacheControl(listing.range().end(), false, clock));
    cursor.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }

  private List<Positioned> events(EventListing listing) {
    return Stream.of(
            events(listing, EventView.Type.ROUTE_CHANGE, changes::list, EventView::of),
            events(listing, EventView.Type.DEVIATION, deviations::list, EventView::of),
            events(listing, EventView.Type.EDGE_MOVE, moves::list, EventView::of))
        .flatMap(Function.identity())
        .sorted(ORDER)
        .limit(listing.limit() + 1L)
        .toList();
  }

  private static <T> Stream<Positioned> events(
      EventListing listing, EventView.Type type, Source<T> source, Function<T, Positioned> view) {
    return listing.types().contains(type)
        ? listing
            .ranges()
            .flatMap(range -> source.list(range, listing.after(type), listing.limit() + 1).stream())
            .map(view)
        : Stream.empty();
  }
}
