package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Busy;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.edge.api.http.Visitors;
import io.nettrace.onboarding.ConfirmOutcome;
import io.nettrace.onboarding.SignUp;
import io.nettrace.onboarding.SignUpOutcome;
import io.nettrace.onboarding.SignUps;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signing up: a letter first, then the tenant with its first key. */
@Path("signups")
@Consumes("application/json")
@Produces("application/json")
@Service
public class SignUpsResource {
  private final SignUps signUps;
  private final HttpServletRequest servlet;

  private record Wish(
      @Nullable String email,
      @Nullable String password,
      @Nullable String name,
      @Nullable String organisation,
      @Nullable String slug) {}

  private record Confirmation(@Nullable String token, @Nullable String password) {}

  private record LetterSent(String state, Instant expiresAt) {}

  private record Begun(TenantView tenant, KeyView key, @Nullable String session) {}

  @Inject
  SignUpsResource(SignUps signUps, HttpServletRequest servlet) {
    this.signUps = signUps;
    this.servlet = servlet;
  }

  /** The answer is the same whether or not the address has an account. */
  @POST
  @Open
  public Response begin(InputStream body) throws IOException {
    Wish wish = Bodies.read(body, Wish.class);
    SignUp signUp =
        new SignUp(
            Bodies.needed("email", wish.email()),
            Bodies.needed("password", wish.password()),
            Bodies.needed("name", wish.name()),
            Bodies.needed("organisation", wish.organisation()),
            Bodies.needed("slug", wish.slug()));
    return switch (signUps.begin(signUp, Visitors.of(servlet))) {
      case SignUpOutcome.LetterSent(Instant until) ->
          Bodies.answer(202, new LetterSent("letter_sent", until));
      case SignUpOutcome.Refused(var mistakes) ->
          throw Bodies.refused(
              mistakes, SignUpOutcome.Mistake::field, SignUpOutcome.Mistake::reason);
      case SignUpOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }

  @POST
  @Path("confirm")
  @Open
  public Response confirm(InputStream body, @Context SecurityContext security) throws IOException {
    Confirmation confirmation = Bodies.read(body, Confirmation.class);
    ConfirmOutcome outcome =
        signUps.confirm(
            Bodies.needed("token", confirmation.token()),
            Bodies.needed("password", confirmation.password()),
            Visitors.of(servlet));
    return switch (outcome) {
      case ConfirmOutcome.Confirmed confirmed -> begun(confirmed, security.isSecure());
      case ConfirmOutcome.Unknown _ ->
          throw token(404, "token-unknown", "This link was never good, or is long forgotten.");
      case ConfirmOutcome.Expired _ ->
          throw token(410, "token-expired", "The link's time is over; sign up again.");
      case ConfirmOutcome.Used _ ->
          throw token(409, "token-used", "It was confirmed before; sign in.");
      case ConfirmOutcome.WrongPassword _ ->
          throw token(403, "wrong-password", "It is not the password that was chosen.");
      case ConfirmOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }

  private static Response begun(ConfirmOutcome.Confirmed confirmed, boolean isSecure) {
    String session = confirmed.sessionToken().orElse(null);
    Response answer =
        Bodies.answer(
            201,
            new Begun(
                TenantView.of(confirmed.tenant()),
                KeyView.issued(confirmed.key(), confirmed.keyText()),
                session));
    return session == null ? answer : FreshSession.kept(answer, session, isSecure);
  }

  private static RefusalException token(int status, String type, String detail) {
    return new RefusalException(
        Problem.of(type, "The sign-up cannot be confirmed", status, detail));
  }
}
