package io.nettrace.edge.api.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.identity.Account;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.PasswordChanges;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.RecoveryCodes;
import io.nettrace.platform.Service;
import io.nettrace.platform.mail.Held;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
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

/** A person's own account, whichever tenants they belong to. */
@Path("account")
@Produces("application/json")
@Service
public class AccountResource {
  private final Accounts accounts;
  private final RecoveryCodes recoveryCodes;
  private final PasswordChanges passwords;
  private final Outbox outbox;

  private record View(
      UUID id,
      String email,
      String name,
      Instant createdAt,
      List<String> factors,
      int recoveryCodesLeft,
      List<LettersHeld> lettersHeld) {}

  /** Letters to the person's address that were held back in the last seven days. */
  private record LettersHeld(String purpose, String reason, long count, Instant last) {
    static LettersHeld of(Held held) {
      return new LettersHeld(
          ConstantNames.of(held.purpose()), held.why().words(), held.count(), held.last());
    }
  }

  private record Change(@Nullable String name) {}

  private record NewPassword(@Nullable String old, @JsonProperty("new") @Nullable String fresh) {}

  @Inject
  AccountResource(
      Accounts accounts, RecoveryCodes recoveryCodes, PasswordChanges passwords, Outbox outbox) {
    this.accounts = accounts;
    this.recoveryCodes = recoveryCodes;
    this.passwords = passwords;
    this.outbox = outbox;
  }

  @GET
  @Needs(value = Action.READ_ACCOUNT, cost = Cost.UNMETERED)
  public Response one(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, view(ApiCaller.of(security).session().accountId()));
  }

  @PATCH
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_NAME, cost = Cost.UNMETERED)
  public Response rename(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    UUID account = caller.session().accountId();
    String typed = Bodies.needed("name", Bodies.read(body, Change.class).name());
    return switch (PersonName.parse(typed)) {
      case Parsed.Valid<PersonName>(PersonName name) -> {
        boolean _ = accounts.rename(caller.actor(), account, name);
        yield Bodies.answer(200, view(account));
      }
      case Parsed.Invalid<PersonName>(String reason) ->
          throw Bodies.refused(List.of(new FieldError("name", reason)));
    };
  }

  /** Ends all other sessions; this one goes on under another token. */
  @PUT
  @Path("password")
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_PASSWORD, cost = Cost.UNMETERED)
  public Response password(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    NewPassword typed = Bodies.read(body, NewPassword.class);
    String old = Bodies.needed("old", typed.old());
    String fresh = Bodies.needed("new", typed.fresh());
    return PasswordAnswers.of(
        passwords.change(caller.session(), old, fresh), "new", caller.isSecure());
  }

  private View view(UUID id) {
    Account account = accounts.find(id).orElseThrow(SignInRefusals::over);
    return new View(
        id,
        account.email().text(),
        account.name().text(),
        account.createdAt(),
        accounts.factors(id).stream().map(ConstantNames::of).sorted().toList(),
        recoveryCodes.left(id),
        outbox.heldFor(account.email().text()).stream().map(LettersHeld::of).toList());
  }
}
