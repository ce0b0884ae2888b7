package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Open;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.PasswordChanges;
import io.nettrace.platform.Service;
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

/** New passwords for people who forgot theirs, by a letter. */
@Path("password-resets")
@Consumes("application/json")
@Produces("application/json")
@Service
public class PasswordResetsResource {
  private final PasswordChanges passwords;

  private record Wish(@Nullable String email) {}

  private record NewPassword(@Nullable String token, @Nullable String password) {}

  private record Accepted(String state) {}

  @Inject
  PasswordResetsResource(PasswordChanges passwords) {
    this.passwords = passwords;
  }

  /** The answer to an address is the same whether or not it has an account. */
  @POST
  @Open
  public Response ask(InputStream body) throws IOException {
    String email = Bodies.needed("email", Bodies.read(body, Wish.class).email());
    if (EmailAddress.parse(email) instanceof Parsed.Invalid<EmailAddress>(String reason)) {
      throw Bodies.refused(List.of(new FieldError("email", reason)));
    }
    passwords.requestReset(email);
    return Bodies.answer(202, new Accepted("letter_sent_if_known"));
  }

  /** Ends all sessions of the person, who signs in next. */
  @POST
  @Path("confirm")
  @Open
  public Response confirm(InputStream body, @Context SecurityContext security) throws IOException {
    NewPassword typed = Bodies.read(body, NewPassword.class);
    return PasswordAnswers.of(
        passwords.reset(
            Bodies.needed("token", typed.token()), Bodies.needed("password", typed.password())),
        "password",
        security.isSecure());
  }
}
