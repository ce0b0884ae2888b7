package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Busy;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.AcceptOutcome;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.NewPerson;
import io.nettrace.identity.PasswordWords;
import io.nettrace.identity.Role;
import io.nettrace.identity.TokenVerdict;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Joining a tenant with the link from an invitation. */
@Path("invitations/accept")
@Consumes("application/json")
@Produces("application/json")
@Service
public class JoiningResource {
  private final Invitations invitations;
  private final Tenants tenants;

  private record Acceptance(
      @Nullable String token, @Nullable String name, @Nullable String password) {}

  private record Joined(OwnTenantView tenant) {}

  @Inject
  JoiningResource(Invitations invitations, Tenants tenants) {
    this.invitations = invitations;
    this.tenants = tenants;
  }

  /**
   * For the person invited: signed in, or without an account, who gives a name and a password and
   * signs in next.
   */
  @POST
  @Open
  public Response accept(InputStream body, @Context SecurityContext security) throws IOException {
    Acceptance typed = Bodies.read(body, Acceptance.class);
    String token = Bodies.needed("token", typed.token());
    return switch (invitations.accept(token, person(typed), ApiCaller.session(security))) {
      case AcceptOutcome.Joined(UUID tenant, UUID _, Role role) -> joined(tenant, role);
      case AcceptOutcome.TokenRefused(var why) -> throw refused(why);
      case AcceptOutcome.PersonNeeded(EmailAddress email) ->
          throw Bodies.refused(
              List.of(
                  new FieldError("name", "is needed: " + email + " has no account yet"),
                  new FieldError("password", "is needed for the new account")));
      case AcceptOutcome.SignInNeeded(EmailAddress email) ->
          throw refusal(
              401,
              "sign-in-needed",
              "The invitation is for " + email + "; sign in as that person and accept again.");
      case AcceptOutcome.NotYours(EmailAddress email) ->
          throw refusal(
              403,
              "invitation-of-another",
              "The invitation is for "
                  + email
                  + ", and another person is signed in. It stays open; sign out, or sign in as that"
                  + " person.");
      case AcceptOutcome.NameRefused(String reason) ->
          throw Bodies.refused(List.of(new FieldError("name", reason)));
      case AcceptOutcome.PasswordRefused(var verdict) ->
          throw Bodies.refused(List.of(new FieldError("password", PasswordWords.of(verdict))));
      case AcceptOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }

  private Response joined(UUID tenantId, Role role) {
    return tenants
        .find(tenantId)
        .map(tenant -> Bodies.answer(200, new Joined(OwnTenantView.of(tenant, role))))
        .orElseThrow(() -> refused(new TokenVerdict.Unknown()));
  }

  private static Optional<NewPerson> person(Acceptance typed) {
    return typed.name() == null || typed.password() == null
        ? Optional.empty()
        : Optional.of(new NewPerson(typed.name(), typed.password()));
  }

  private static RefusalException refusal(int status, String type, String detail) {
    return new RefusalException(Problem.of(type, "The invitation is not accepted", status, detail));
  }

  private static RefusalException refused(TokenVerdict.Refused why) {
    return LinkRefusals.of(why, "Ask whoever invited you for another invitation.");
  }
}
