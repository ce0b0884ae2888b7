package io.nettrace.edge.api.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Busy;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.Session;
import io.nettrace.identity.Sessions;
import io.nettrace.identity.SignIns;
import io.nettrace.identity.StepUpOutcome;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The session that asks: who it is, for which tenant, and how sure we are of that. */
@Path("sessions/current")
@Produces("application/json")
@Service
public class CurrentSessionResource {
  private final Sessions sessions;
  private final SignIns signIns;
  private final Tenants tenants;
  private final WhoViews who;

  private record Choice(@Nullable String slug) {}

  private record Proof(
      @Nullable String password, @Nullable String code, @Nullable JsonNode answer) {}

  @Inject
  CurrentSessionResource(Sessions sessions, SignIns signIns, Tenants tenants, WhoViews who) {
    this.sessions = sessions;
    this.signIns = signIns;
    this.tenants = tenants;
    this.who = who;
  }

  @GET
  @Needs(value = Action.READ_ACCOUNT, cost = Cost.UNMETERED)
  public Response one(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, who.now(ApiCaller.of(security).session()));
  }

  /** Signs out. */
  @DELETE
  @Needs(value = Action.END_SESSION, cost = Cost.UNMETERED)
  public Response end(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Session session = caller.session();
    boolean _ = sessions.revoke(caller.actor(), session.accountId(), session.id());
    return FreshSession.gone(Response.noContent().build(), caller.isSecure());
  }

  /** Acts for another of the person's tenants from now on. */
  @PUT
  @Path("tenant")
  @Consumes("application/json")
  @Needs(value = Action.SWITCH_TENANT, cost = Cost.UNMETERED)
  public Response actFor(InputStream body, @Context SecurityContext security) throws IOException {
    Session session = ApiCaller.of(security).session();
    String slug = Bodies.needed("slug", Bodies.read(body, Choice.class).slug());
    Tenant tenant = tenants.bySlug(slug).orElseThrow(CurrentSessionResource::unknownTenant);
    if (!sessions.switchTo(session, tenant.id())) {
      throw unknownTenant();
    }
    return Bodies.answer(200, who.now(session));
  }

  /** Shows again who one is. */
  @POST
  @Path("step-up")
  @Consumes("application/json")
  @Needs(value = Action.STEP_UP, cost = Cost.UNMETERED)
  public Response stepUp(InputStream body, @Context SecurityContext security) throws IOException {
    Session session = ApiCaller.of(security).session();
    return switch (prove(session, Bodies.read(body, Proof.class))) {
      case StepUpOutcome.SteppedUp _ -> Bodies.answer(200, who.now(session));
      case StepUpOutcome.CodeUsed _ -> throw SignInRefusals.codeUsed();
      case StepUpOutcome.Refused _ -> throw SignInRefusals.proof();
      case StepUpOutcome.LockedOut(var left) -> throw SignInRefusals.lockedOut(left);
      case StepUpOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }

  private StepUpOutcome prove(Session session, Proof proof) {
    if (Stream.of(proof.password(), proof.code(), proof.answer()).filter(Objects::nonNull).count()
        != 1) {
      throw Bodies.refused(
          List.of(new FieldError("password", "give one of password, code and answer")));
    }
    if (proof.password() != null) {
      return signIns.stepUpWithPassword(session, proof.password());
    }
    return proof.code() != null
        ? signIns.stepUpWithCode(session, proof.code())
        : signIns.stepUpWithPasskey(session, String.valueOf(proof.answer()));
  }

  /** The same whether there is none, or one that is none of theirs. */
  private static RefusalException unknownTenant() {
    return new RefusalException(
        Problem.of(
            "unknown-tenant",
            "No such tenant",
            404,
            "You belong to no tenant of this name; GET /api/v1/sessions/current lists yours."));
  }
}
