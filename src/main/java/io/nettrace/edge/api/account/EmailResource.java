package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.EmailChanges;
import io.nettrace.identity.EmailOutcome;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
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
import org.jspecify.annotations.Nullable;

/** Another e-mail address for an account: a letter to the new one first. */
@Path("account/email")
@Consumes("application/json")
@Produces("application/json")
@Service
public class EmailResource {
  private final EmailChanges changes;

  private record Wish(@Nullable String email) {}

  private record Confirmation(@Nullable String token) {}

  private record LetterSent(String state) {}

  private record Changed(String email) {}

  @Inject
  EmailResource(EmailChanges changes) {
    this.changes = changes;
  }

  /** The answer is the same whether or not somebody else has the address. */
  @POST
  @Needs(value = Action.CHANGE_EMAIL, cost = Cost.UNMETERED)
  public Response ask(InputStream body, @Context SecurityContext security) throws IOException {
    String email = Bodies.needed("email", Bodies.read(body, Wish.class).email());
    return answer(changes.request(ApiCaller.of(security).session(), email));
  }

  /** Ends all sessions of the person, who signs in with the new address next. */
  @POST
  @Path("confirm")
  @Open
  public Response confirm(InputStream body) throws IOException {
    String token = Bodies.needed("token", Bodies.read(body, Confirmation.class).token());
    return answer(changes.confirm(token));
  }

  private static Response answer(EmailOutcome outcome) {
    return switch (outcome) {
      case EmailOutcome.LinkSent _ -> Bodies.answer(202, new LetterSent("letter_sent"));
      case EmailOutcome.Changed(EmailAddress email) ->
          Bodies.answer(200, new Changed(email.text()));
      case EmailOutcome.Malformed(String reason) ->
          throw Bodies.refused(List.of(new FieldError("email", reason)));
      case EmailOutcome.StepUpNeeded _ -> throw new DeniedException(new Decision.StepUpNeeded());
      case EmailOutcome.TokenRefused(var why) ->
          throw LinkRefusals.of(why, "Sign in and ask for the change again.");
      case EmailOutcome.Taken _ ->
          throw new RefusalException(
              Problem.of(
                  "email-taken",
                  "The address has an account",
                  409,
                  "Another account has this address; sign in with it, or choose another."));
    };
  }
}
