package io.nettrace.edge.api.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Busy;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.Visitors;
import io.nettrace.identity.Factor;
import io.nettrace.identity.Passkeys;
import io.nettrace.identity.SignInOutcome;
import io.nettrace.identity.SignIns;
import io.nettrace.platform.Service;
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
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signing in: by password, and a second factor where there is one, or by passkey alone. */
@Path("sessions")
@Produces("application/json")
@Service
public class SignInsResource {
  private static final URI CURRENT = URI.create("/api/v1/sessions/current");

  private final SignIns signIns;
  private final Passkeys passkeys;
  private final WhoViews who;
  private final HttpServletRequest servlet;

  private record Credentials(@Nullable String email, @Nullable String password) {}

  private record Code(@Nullable String challenge, @Nullable String code) {}

  private record PasskeyAnswer(@Nullable JsonNode answer) {}

  private record Challenge(boolean secondFactorNeeded, String challenge, List<String> factors) {}

  @Inject
  SignInsResource(SignIns signIns, Passkeys passkeys, WhoViews who, HttpServletRequest servlet) {
    this.signIns = signIns;
    this.passkeys = passkeys;
    this.who = who;
    this.servlet = servlet;
  }

  @POST
  @Consumes("application/json")
  @Open
  public Response withPassword(InputStream body, @Context SecurityContext security)
      throws IOException {
    Credentials typed = Bodies.read(body, Credentials.class);
    String email = Bodies.needed("email", typed.email());
    String password = Bodies.needed("password", typed.password());
    return answer(signIns.withPassword(email, password, Visitors.of(servlet)), security);
  }

  /** The second step, with a code of the app or from paper. */
  @POST
  @Path("second-factor")
  @Consumes("application/json")
  @Open
  public Response withCode(InputStream body, @Context SecurityContext security) throws IOException {
    Code typed = Bodies.read(body, Code.class);
    String challenge = Bodies.needed("challenge", typed.challenge());
    String code = Bodies.needed("code", typed.code());
    return answer(signIns.withCode(challenge, code, Visitors.of(servlet)), security);
  }

  /** What a browser is asked for, to sign in or to show again who one is. */
  @POST
  @Path("passkey-options")
  @Open
  public Response passkeyOptions() {
    return Bodies.written(200, passkeys.signInOptions());
  }

  @POST
  @Path("passkey")
  @Consumes("application/json")
  @Open
  public Response withPasskey(InputStream body, @Context SecurityContext security)
      throws IOException {
    JsonNode answer = Bodies.needed("answer", Bodies.read(body, PasskeyAnswer.class).answer());
    return answer(signIns.withPasskey(answer.toString(), Visitors.of(servlet)), security);
  }

  private Response answer(SignInOutcome outcome, SecurityContext security) {
    return switch (outcome) {
      case SignInOutcome.SignedIn in -> begun(in, security.isSecure());
      case SignInOutcome.SecondFactorNeeded(String challenge, Set<Factor> factors) ->
          Bodies.answer(
              200,
              new Challenge(
                  true, challenge, factors.stream().map(ConstantNames::of).sorted().toList()));
      case SignInOutcome.Refused _ -> throw SignInRefusals.wrong();
      case SignInOutcome.CodeUsed _ -> throw SignInRefusals.codeUsed();
      case SignInOutcome.AppClosed _ -> throw SignInRefusals.appClosed();
      case SignInOutcome.ChallengeOver _ -> throw SignInRefusals.challengeOver();
      case SignInOutcome.LockedOut(var left) -> throw SignInRefusals.lockedOut(left);
      case SignInOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }

  private Response begun(SignInOutcome.SignedIn in, boolean isSecure) {
    Response answer =
        Response.fromResponse(Bodies.answer(201, who.begun(in.sessionToken())))
            .location(CURRENT)
            .build();
    return FreshSession.begun(answer, in, isSecure);
  }
}
