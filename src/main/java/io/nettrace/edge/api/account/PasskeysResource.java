package io.nettrace.edge.api.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettrace.desk.Action;
import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.Passkey;
import io.nettrace.identity.Passkeys;
import io.nettrace.identity.PersonName;
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

/** A person's passkeys. */
@Path("account/passkeys")
@Produces("application/json")
@Service
public class PasskeysResource {
  private final Passkeys passkeys;

  private record Registration(@Nullable JsonNode answer, @Nullable String name) {}

  private record View(
      UUID id, String name, boolean backedUp, Instant createdAt, @Nullable Instant lastUsedAt) {}

  private record Listed(List<View> items) {}

  @Inject
  PasskeysResource(Passkeys passkeys) {
    this.passkeys = passkeys;
  }

  /** The oldest first. */
  @GET
  @Needs(value = Action.READ_ACCOUNT, cost = Cost.UNMETERED)
  public Response list(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    UUID account = ApiCaller.of(security).session().accountId();
    return Bodies.answer(
        200, new Listed(passkeys.list(account).stream().map(PasskeysResource::view).toList()));
  }

  /** What the person's browser is asked for. */
  @POST
  @Path("options")
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response options(@Context SecurityContext security) {
    return passkeys
        .registrationOptions(ApiCaller.of(security).session())
        .map(json -> Bodies.written(200, json))
        .orElseThrow(() -> new DeniedException(new Decision.StepUpNeeded()));
  }

  /** Keeps what the browser made. */
  @POST
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response register(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    Registration typed = Bodies.read(body, Registration.class);
    JsonNode answer = Bodies.needed("answer", typed.answer());
    PersonName name = name(Bodies.needed("name", typed.name()));
    return FactorAnswers.of(
        passkeys.register(caller.session(), answer.toString(), name),
        201,
        caller.isSecure(),
        () ->
            FactorAnswers.refusal(
                422,
                "passkey-refused",
                "This is no answer to options of yours, or too late; ask for new ones with POST"
                    + " /api/v1/account/passkeys/options."));
  }

  @DELETE
  @Path("{id}")
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response remove(@PathParam("id") String id, @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    return FactorAnswers.of(
        passkeys.remove(caller.session(), Ids.uuid(id, PasskeysResource::unknown)),
        200,
        caller.isSecure(),
        PasskeysResource::unknown);
  }

  private static PersonName name(String typed) {
    return switch (PersonName.parse(typed)) {
      case Parsed.Valid<PersonName>(PersonName name) -> name;
      case Parsed.Invalid<PersonName>(String reason) ->
          throw Bodies.refused(List.of(new FieldError("name", reason)));
    };
  }

  private static View view(Passkey passkey) {
    return new View(
        passkey.id(),
        passkey.name(),
        passkey.backedUp(),
        passkey.createdAt(),
        passkey.lastUsedAt().orElse(null));
  }

  private static RefusalException unknown() {
    return FactorAnswers.refusal(
        404,
        "unknown-passkey",
        "You have none with this id; GET /api/v1/account/passkeys lists yours.");
  }
}
