package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.AccessRefusals;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.identity.Invitation;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.InviteOutcome;
import io.nettrace.identity.MemberOutcome;
import io.nettrace.identity.Role;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asking people to join the tenant. */
@Path("invitations")
@Produces("application/json")
@Service
public class InvitationsResource {
  private final Invitations invitations;
  private final Plans plans;

  private record Wish(@Nullable String email, @Nullable String role) {}

  private record View(
      UUID id,
      String email,
      String role,
      @Nullable UUID invitedBy,
      Instant createdAt,
      Instant expiresAt) {}

  private record Listed(List<View> items) {}

  @Inject
  InvitationsResource(Invitations invitations, Plans plans) {
    this.invitations = invitations;
    this.plans = plans;
  }

  /** Those that nobody has accepted yet, the oldest first. */
  @GET
  @Needs(value = Action.READ_MEMBERS, cost = Cost.UNMETERED)
  public Response list(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    UUID tenant = ApiCaller.of(security).tenant().id();
    return Bodies.answer(
        200, new Listed(invitations.list(tenant).stream().map(InvitationsResource::view).toList()));
  }

  /** An earlier invitation of the same address is replaced. */
  @POST
  @Consumes("application/json")
  @Needs(value = Action.INVITE_MEMBER, cost = Cost.UNMETERED)
  public Response invite(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    Wish wish = Bodies.read(body, Wish.class);
    String email = Bodies.needed("email", wish.email());
    Role role = PeopleRefusals.role(Bodies.needed("role", wish.role()));
    Plan plan = caller.plan();
    return answer(
        invitations.invite(
            caller.session().actor(),
            caller.tenant().id(),
            caller.tenant().name(),
            email,
            role,
            plan.members()),
        plan);
  }

  /** Its link is worth nothing from now on. */
  @DELETE
  @Path("{id}")
  @Needs(value = Action.WITHDRAW_INVITATION, cost = Cost.UNMETERED)
  public Response withdraw(@PathParam("id") String id, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    UUID invitation = Ids.uuid(id, PeopleRefusals::unknownInvitation);
    return switch (invitations.withdraw(
        caller.session().actor(), caller.tenant().id(), invitation)) {
      case MemberOutcome.Done _ -> Response.noContent().build();
      case MemberOutcome.NotAllowed _ -> throw PeopleRefusals.notAllowed();
      case MemberOutcome.LastOwner _, MemberOutcome.Unknown _ ->
          throw PeopleRefusals.unknownInvitation();
    };
  }

  private Response answer(InviteOutcome outcome, Plan plan) {
    return switch (outcome) {
      case InviteOutcome.Invited(Invitation invitation) -> Bodies.answer(201, view(invitation));
      case InviteOutcome.Malformed(String reason) ->
          throw Bodies.refused(List.of(new FieldError("email", reason)));
      case InviteOutcome.NotAllowed _ -> throw PeopleRefusals.notAllowed();
      case InviteOutcome.AlreadyMember _ -> throw PeopleRefusals.alreadyMember();
      case InviteOutcome.TeamFull(int most) ->
          throw AccessRefusals.members(plan, plans.cheapestWithMoreMembers(most));
      case InviteOutcome.TooMany(int most) -> throw PeopleRefusals.tooManyInvitations(most);
    };
  }

  private static View view(Invitation invitation) {
    return new View(
        invitation.id(),
        invitation.email().text(),
        ConstantNames.of(invitation.role()),
        invitation.invitedBy().orElse(null),
        invitation.createdAt(),
        invitation.expiresAt());
  }
}
