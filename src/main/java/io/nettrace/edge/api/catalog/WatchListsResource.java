package io.nettrace.edge.api.catalog;

import io.nettrace.catalog.WatchList;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.catalog.WatchLists;
import io.nettrace.desk.Action;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.Versions;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's lists of targets that belong together, of the catalogue and of its own. */
@Path("watch-lists")
@Produces("application/json")
@Service
public class WatchListsResource {
  private static final String LISTING = "watch-lists";
  private static final String ADDRESS = "/api/v1/watch-lists/";
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST = 500;

  private final WatchLists lists;
  private final RecordReads reads;
  private final Cursors cursors;

  private record Body(@Nullable String name, @Nullable List<@Nullable String> targets) {}

  private record View(UUID id, String name, List<String> targets, Instant createdAt, int version) {
    static View of(WatchList list) {
      return new View(list.id(), list.name(), list.targetIds(), list.createdAt(), list.version());
    }
  }

  private record Listed(List<View> items, @Nullable String nextCursor) {}

  @Inject
  WatchListsResource(WatchLists lists, RecordReads reads, Cursors cursors) {
    this.lists = lists;
    this.reads = reads;
    this.cursors = cursors;
  }

  /** The oldest first. */
  @GET
  @Needs(value = Action.READ_WATCH_LISTS, cost = Cost.CALL)
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    OwnCursors own = cursors.of(tenant.id());
    QueryParameters query = QueryParameters.of(address, "limit", "cursor");
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    Optional<UUID> after =
        query.cursor(LISTING, own).map(parts -> UUID.fromString(parts.getFirst()));
    List<WatchList> found = reads.read(caller.caller(), () -> lists.list(tenant, after, limit + 1));
    boolean more = found.size() > limit;
    List<WatchList> shown = more ? found.subList(0, limit) : found;
    Optional<String> next =
        more
            ? Optional.of(own.write(LISTING, List.of(shown.getLast().id().toString())))
            : Optional.empty();
    Response.ResponseBuilder response =
        Response.fromResponse(
            Bodies.answer(
                200, new Listed(shown.stream().map(View::of).toList(), next.orElse(null))));
    next.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }

  @GET
  @Path("{id}")
  @Needs(value = Action.READ_WATCH_LISTS, cost = Cost.CALL)
  public Response one(
      @PathParam("id") String id, @Context UriInfo address, @Context SecurityContext security) {
    QueryParameters.of(address);
    return answer(200, find(ApiCaller.of(security), id));
  }

  @POST
  @Consumes("application/json")
  @Needs(value = Action.MANAGE_WATCH_LISTS, cost = Cost.CALL)
  public Response add(InputStream body, @Context UriInfo address, @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    Body wish = Bodies.read(body, Body.class);
    List<String> targets = wish.targets() == null ? List.of() : ids(wish.targets());
    WatchList list =
        saved(
            lists.create(
                caller.actor(), caller.tenant(), Bodies.needed("name", wish.name()), targets));
    return Response.fromResponse(answer(201, list))
        .location(URI.create(ADDRESS + list.id()))
        .build();
  }

  /** Changes what is said and nothing else. */
  @PATCH
  @Path("{id}")
  @Consumes("application/json")
  @Needs(value = Action.MANAGE_WATCH_LISTS, cost = Cost.CALL)
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      InputStream body,
      @Context UriInfo address,
      @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    WatchList before = find(caller, id);
    int version = Versions.needed(ifMatch, before::version);
    Body wish = Bodies.read(body, Body.class);
    return answer(
        200,
        saved(
            lists.replace(
                caller.actor(),
                caller.tenant(),
                before.id(),
                version,
                wish.name() == null ? before.name() : wish.name(),
                wish.targets() == null ? before.targetIds() : ids(wish.targets()))));
  }

  /** The list; the targets on it stay. */
  @DELETE
  @Path("{id}")
  @Needs(value = Action.MANAGE_WATCH_LISTS, cost = Cost.CALL)
  public Response remove(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    OptionalInt version = Versions.given(ifMatch, () -> OptionalInt.of(find(caller, id).version()));
    WatchListOutcome outcome =
        lists.remove(
            caller.actor(), caller.tenant(), Ids.uuid(id, TargetRefusals::unknownList), version);
    if (!(outcome instanceof WatchListOutcome.Removed)) {
      throw TargetRefusals.of(outcome);
    }
    return Response.noContent().build();
  }

  private WatchList find(ApiCaller caller, String id) {
    UUID listId = Ids.uuid(id, TargetRefusals::unknownList);
    return reads
        .read(caller.caller(), () -> lists.find(caller.tenant(), listId))
        .orElseThrow(TargetRefusals::unknownList);
  }

  private static List<String> ids(List<@Nullable String> texts) {
    return texts.stream().map(String::valueOf).toList();
  }

  private static WatchList saved(WatchListOutcome outcome) {
    if (outcome instanceof WatchListOutcome.Saved(WatchList list)) {
      return list;
    }
    throw TargetRefusals.of(outcome);
  }

  private static Response answer(int status, WatchList list) {
    return Response.fromResponse(Bodies.answer(status, View.of(list)))
        .header("ETag", Versions.tag(list.version()))
        .build();
  }
}
