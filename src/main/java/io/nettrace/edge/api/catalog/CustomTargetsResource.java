package io.nettrace.edge.api.catalog;

import io.nettrace.apikey.ApiKey;
import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.ImportOutcome;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetLimits;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.desk.Action;
import io.nettrace.desk.Caller;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.edge.api.http.Versions;
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.OwnStandings;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The targets that a tenant has measured for itself alone. */
@Path("custom-targets")
@Produces("application/json")
@Service
public class CustomTargetsResource {
  private static final String LISTING = "custom-targets";
  private static final String ADDRESS = "/api/v1/custom-targets/";
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST = 500;
  private static final int LONGEST_IMPORT = 1 << 20;

  private final CustomTargets targets;
  private final OwnStandings standings;
  private final DefaultVantagePoints defaults;
  private final RecordReads reads;
  private final Cursors cursors;

  private record Listed(List<CustomTargetView> items, @Nullable String nextCursor) {}

  @Inject
  CustomTargetsResource(
      CustomTargets targets,
      OwnStandings standings,
      DefaultVantagePoints defaults,
      RecordReads reads,
      Cursors cursors) {
    this.targets = targets;
    this.standings = standings;
    this.defaults = defaults;
    this.reads = reads;
    this.cursors = cursors;
  }

  /** The oldest first. */
  @GET
  @Needs(value = Action.READ_OWN_TARGETS, cost = Cost.CALL)
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    OwnCursors own = cursors.of(tenant.id());
    QueryParameters query = QueryParameters.of(address, "limit", "cursor");
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    Optional<String> after = query.cursor(LISTING, own).map(List::getFirst);
    List<CustomTarget> found =
        reads.read(caller.caller(), () -> targets.list(tenant, after, limit + 1));
    boolean more = found.size() > limit;
    List<CustomTarget> shown = more ? found.subList(0, limit) : found;
    Optional<String> next =
        more ? Optional.of(own.write(LISTING, List.of(shown.getLast().id()))) : Optional.empty();
    Function<CustomTarget, Optional<Standing>> standing = standings(caller);
    Response.ResponseBuilder response =
        Response.fromResponse(
            Bodies.answer(
                200,
                new Listed(
                    shown.stream()
                        .map(one -> CustomTargetView.of(one, standing.apply(one)))
                        .toList(),
                    next.orElse(null))));
    next.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }

  @GET
  @Path("{id}")
  @Needs(value = Action.READ_OWN_TARGETS, cost = Cost.CALL)
  public Response one(
      @PathParam("id") String id, @Context UriInfo address, @Context SecurityContext security) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    CustomTarget target = find(caller, id);
    return answer(200, target, CustomTargetView.of(target, standings(caller).apply(target)));
  }

  @POST
  @Consumes("application/json")
  @Needs(value = Action.MANAGE_OWN_TARGETS, cost = Cost.CALL)
  public Response add(InputStream body, @Context UriInfo address, @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    TargetLimits limits = PlanChanges.limits(caller.plan());
    return switch (Bodies.read(body, CustomTargetBody.class).added(limits)) {
      case CustomTargetBody.Read.Faulty(var errors) -> throw Bodies.refused(errors);
      case CustomTargetBody.Read.Draft(TargetDraft draft) -> {
        CustomTarget target =
            saved(
                targets.create(caller.actor(), caller.tenant(), limits, draft, createdBy(caller)));
        yield Response.fromResponse(answer(201, target, CustomTargetView.of(target)))
            .location(URI.create(ADDRESS + target.id()))
            .build();
      }
    };
  }

  /** Adds all of a list, or none and says what is wrong with each. */
  @POST
  @Path("import")
  @Consumes("application/json")
  @Needs(value = Action.MANAGE_OWN_TARGETS, cost = Cost.CALL)
  public Response addAll(
      InputStream body, @Context UriInfo address, @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    TargetLimits limits = PlanChanges.limits(caller.plan());
    List<TargetDraft> drafts =
        drafts(Bodies.read(body, CustomTargetBody[].class, LONGEST_IMPORT), limits);
    return switch (targets.importAll(
        caller.actor(), caller.tenant(), limits, drafts, createdBy(caller))) {
      case ImportOutcome.Imported(var added) ->
          Bodies.answer(201, new Listed(added.stream().map(CustomTargetView::of).toList(), null));
      case ImportOutcome.Refused(var rows) -> throw TargetRefusals.of(rows);
      case ImportOutcome.TooMany(int most) -> throw tooMany(most);
    };
  }

  /** Changes what is said and nothing else. */
  @PATCH
  @Path("{id}")
  @Consumes("application/json")
  @Needs(value = Action.MANAGE_OWN_TARGETS, cost = Cost.CALL)
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      InputStream body,
      @Context UriInfo address,
      @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    CustomTarget before = find(caller, id);
    int version = Versions.needed(ifMatch, before::version);
    return switch (Bodies.read(body, CustomTargetBody.class).changing(before)) {
      case CustomTargetBody.Read.Faulty(var errors) -> throw Bodies.refused(errors);
      case CustomTargetBody.Read.Draft(TargetDraft draft) -> {
        CustomTarget after =
            saved(
                targets.replace(
                    caller.actor(),
                    caller.tenant(),
                    PlanChanges.limits(caller.plan()),
                    id,
                    version,
                    draft));
        yield answer(200, after, CustomTargetView.of(after, standings(caller).apply(after)));
      }
    };
  }

  /** It is measured no longer; what was measured stays in the tenant's record. */
  @DELETE
  @Path("{id}")
  @Needs(value = Action.MANAGE_OWN_TARGETS, cost = Cost.CALL)
  public Response remove(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    OptionalInt version = Versions.given(ifMatch, () -> OptionalInt.of(find(caller, id).version()));
    TargetOutcome outcome = targets.remove(caller.actor(), caller.tenant(), id, version);
    if (!(outcome instanceof TargetOutcome.Removed)) {
      throw TargetRefusals.of(outcome);
    }
    return Response.noContent().build();
  }

  private CustomTarget find(ApiCaller caller, String id) {
    return reads
        .read(caller.caller(), () -> targets.find(caller.tenant(), id))
        .orElseThrow(TargetRefusals::unknownTarget);
  }

  /** How each target stands, seen from the caller's default vantage point. */
  private Function<CustomTarget, Optional<Standing>> standings(ApiCaller caller) {
    Snapshot snapshot = reads.read(caller.caller(), () -> standings.of(caller.tenant()));
    DefaultVantagePoints.Meant meant = defaults.of(caller.actsFor(), snapshot);
    caller.notes().tell(meant);
    return target -> meant.vantagePoint().flatMap(from -> snapshot.standing(target.id(), from));
  }

  private static List<TargetDraft> drafts(@Nullable CustomTargetBody[] rows, TargetLimits limits) {
    if (rows.length > CustomTargets.MOST_ROWS) {
      throw tooMany(CustomTargets.MOST_ROWS);
    }
    if (rows.length == 0) {
      throw BadRequests.body("it holds no target");
    }
    List<TargetDraft> drafts = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int row = i;
      CustomTargetBody body = rows[i];
      if (body == null) {
        errors.add(new FieldError("[%d]".formatted(row), "is no target"));
        continue;
      }
      switch (body.added(limits)) {
        case CustomTargetBody.Read.Draft(TargetDraft draft) -> drafts.add(draft);
        case CustomTargetBody.Read.Faulty(var faults) ->
            faults.forEach(fault -> errors.add(TargetRefusals.inRow(row, fault)));
      }
    }
    if (!errors.isEmpty()) {
      throw Bodies.refused(errors);
    }
    return drafts;
  }

  private static RefusalException tooMany(int most) {
    return Bodies.refused(
        List.of(new FieldError("[%d]".formatted(most), "at most %d at once".formatted(most))));
  }

  private static CustomTarget saved(TargetOutcome outcome) {
    if (outcome instanceof TargetOutcome.Saved(CustomTarget target)) {
      return target;
    }
    throw TargetRefusals.of(outcome);
  }

  private static Response answer(int status, CustomTarget target, CustomTargetView view) {
    return Response.fromResponse(Bodies.answer(status, view))
        .header("ETag", Versions.tag(target.version()))
        .build();
  }

  /** As people are named, or as keys are recognised. */
  private static String createdBy(ApiCaller caller) {
    return switch (caller.credential()) {
      case Caller.Credential.Person(var session) -> session.email().text();
      case Caller.Credential.Key(ApiKey key) -> key.prefix() + "…" + key.last4();
    };
  }
}
