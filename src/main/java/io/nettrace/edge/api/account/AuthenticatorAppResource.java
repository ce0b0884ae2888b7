package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.identity.AuthenticatorApps;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The program on a person's telephone that shows one-time passwords. */
@Path("account/totp")
@Produces("application/json")
@Service
public class AuthenticatorAppResource {
  private final AuthenticatorApps apps;

  private record Code(@Nullable String code) {}

  private record OfferView(String secret, String uri) {}

  @Inject
  AuthenticatorAppResource(AuthenticatorApps apps) {
    this.apps = apps;
  }

  /** A secret for the app; it counts once a code of it was confirmed. */
  @POST
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response offer(@Context SecurityContext security) {
    return apps.offer(ApiCaller.of(security).session())
        .map(offer -> Bodies.answer(200, new OfferView(offer.secret(), offer.uri())))
        .orElseThrow(
            () ->
                FactorAnswers.refusal(
                    409,
                    "app-present",
                    "You have an app; remove it with DELETE /api/v1/account/totp first."));
  }

  @POST
  @Path("confirm")
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response confirm(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    String code = Bodies.needed("code", Bodies.read(body, Code.class).code());
    return FactorAnswers.of(
        apps.confirm(caller.session(), code),
        200,
        caller.isSecure(),
        () ->
            FactorAnswers.refusal(
                422,
                "code-refused",
                "It is not the code that the app shows now. Check the telephone's clock and type"
                    + " the next one; after several failures wait a little."));
  }

  @DELETE
  @Needs(value = Action.CHANGE_FACTORS, cost = Cost.UNMETERED)
  public Response remove(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    return FactorAnswers.of(
        apps.remove(caller.session()),
        200,
        caller.isSecure(),
        () ->
            FactorAnswers.refusal(
                404, "no-app", "You have no app; add one with POST /api/v1/account/totp."));
  }
}
