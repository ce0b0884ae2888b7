package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.Session;
import io.nettrace.identity.Sessions;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a person is signed in. */
@Path("sessions")
@Produces("application/json")
@Service
public class SessionsResource {
  private final Sessions sessions;

  private record View(
      UUID id,
      boolean current,
      Instant createdAt,
      Instant lastSeenAt,
      boolean secondFactor,
      String address,
      String program) {}

  private record Listed(List<View> items) {}

  private record Ended(int ended) {}

  @Inject
  SessionsResource(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The newest first. */
  @GET
  @Needs(value = Action.READ_ACCOUNT, cost = Cost.UNMETERED)
  public Response list(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    Session current = ApiCaller.of(security).session();
    List<View> items =
        sessions.list(current.accountId()).stream()
            .map(one -> view(one, one.id().equals(current.id())))
            .toList();
    return Bodies.answer(200, new Listed(items));
  }

  /** All but the one that asks for it. */
  @DELETE
  @Needs(value = Action.END_SESSION, cost = Cost.UNMETERED)
  public Response endOthers(@Context SecurityContext security) {
    return Bodies.answer(200, new Ended(sessions.revokeOthers(ApiCaller.of(security).session())));
  }

  @DELETE
  @Path("{id}")
  @Needs(value = Action.END_SESSION, cost = Cost.UNMETERED)
  public Response end(@PathParam("id") String id, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Session current = caller.session();
    UUID ended = Ids.uuid(id, SessionsResource::unknown);
    if (!sessions.revoke(caller.actor(), current.accountId(), ended)) {
      throw unknown();
    }
    Response answer = Response.noContent().build();
    return ended.equals(current.id()) ? FreshSession.gone(answer, caller.isSecure()) : answer;
  }

  private static View view(Session session, boolean isCurrent) {
    return new View(
        session.id(),
        isCurrent,
        session.createdAt(),
        session.lastSeenAt(),
        session.secondFactor(),
        session.visitor().address(),
        session.visitor().userAgent());
  }

  private static RefusalException unknown() {
    return new RefusalException(
        Problem.of(
            "unknown-session",
            "No such session",
            404,
            "You have none with this id; GET /api/v1/sessions lists yours."));
  }
}
