package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.identity.Invitation;
import io.nettrace.identity.Member;
import io.nettrace.identity.MemberOutcome;
import io.nettrace.identity.Members;
import io.nettrace.identity.Role;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who belongs to the tenant, and as what. */
@Path("members")
@Produces("application/json")
@Service
public class MembersResource {
  private final Members members;

  private record View(
      UUID accountId,
      String email,
      String name,
      String role,
      Instant since,
      boolean secondFactor) {}

  private record Listed(int most, List<View> items) {}

  private record Change(@Nullable String role) {}

  private record Withdrawn(UUID id, String email, String role) {}

  /** What fell with a member's right to invite. */
  private record Left(List<Withdrawn> withdrawnInvitations) {}

  private record Changed(
      UUID accountId,
      String email,
      String name,
      String role,
      Instant since,
      boolean secondFactor,
      List<Withdrawn> withdrawnInvitations) {}

  @Inject
  MembersResource(Members members) {
    this.members = members;
  }

  /** In the order in which they joined. */
  @GET
  @Needs(value = Action.READ_MEMBERS, cost = Cost.UNMETERED)
  public Response list(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    return Bodies.answer(
        200,
        new Listed(
            caller.plan().members(),
            members.list(caller.tenant().id()).stream().map(MembersResource::view).toList()));
  }

  @PATCH
  @Path("{account_id}")
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_ROLE, cost = Cost.UNMETERED)
  public Response changeRole(
      @PathParam("account_id") String id, InputStream body, @Context SecurityContext security)
      throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    UUID tenant = caller.tenant().id();
    UUID member = Ids.uuid(id, PeopleRefusals::unknownMember);
    Role role = PeopleRefusals.role(Bodies.needed("role", Bodies.read(body, Change.class).role()));
    List<Withdrawn> withdrawn =
        done(members.changeRole(caller.session().actor(), tenant, member, role));
    return members.list(tenant).stream()
        .filter(one -> one.accountId().equals(member))
        .findFirst()
        .map(one -> Bodies.answer(200, changed(view(one), withdrawn)))
        .orElseThrow(PeopleRefusals::unknownMember);
  }

  /** Their sessions go on, but not for this tenant; invitations that they wrote are withdrawn. */
  @DELETE
  @Path("{account_id}")
  @Needs(value = Action.REMOVE_MEMBER, cost = Cost.UNMETERED)
  public Response remove(@PathParam("account_id") String id, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    UUID member = Ids.uuid(id, PeopleRefusals::unknownMember);
    return left(done(members.remove(caller.session().actor(), caller.tenant().id(), member)));
  }

  /** A member goes by themselves. */
  @POST
  @Path("leave")
  @Needs(value = Action.LEAVE_TENANT, cost = Cost.UNMETERED)
  public Response leave(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    return left(done(members.leave(caller.session().actor(), caller.tenant().id())));
  }

  private static Response left(List<Withdrawn> withdrawn) {
    return withdrawn.isEmpty()
        ? Response.noContent().build()
        : Bodies.answer(200, new Left(withdrawn));
  }

  private static Changed changed(View member, List<Withdrawn> withdrawn) {
    return new Changed(
        member.accountId(),
        member.email(),
        member.name(),
        member.role(),
        member.since(),
        member.secondFactor(),
        withdrawn);
  }

  private static List<Withdrawn> done(MemberOutcome outcome) {
    return switch (outcome) {
      case MemberOutcome.Done(List<Invitation> withdrawn) ->
          withdrawn.stream()
              .map(one -> new Withdrawn(one.id(), one.email().text(), ConstantNames.of(one.role())))
              .toList();
      case MemberOutcome.NotAllowed _ -> throw PeopleRefusals.notAllowed();
      case MemberOutcome.LastOwner _ -> throw PeopleRefusals.lastOwner();
      case MemberOutcome.Unknown _ -> throw PeopleRefusals.unknownMember();
    };
  }

  private static View view(Member member) {
    return new View(
        member.accountId(),
        member.email().text(),
        member.name().text(),
        ConstantNames.of(member.role()),
        member.since(),
        member.secondFactor());
  }
}
