package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.identity.RecoveryCodes;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** Codes on paper, for when a factor is lost. */
@Path("account/recovery-codes")
@Produces("application/json")
@Service
public class RecoveryCodesResource {
  private final RecoveryCodes codes;

  @Inject
  RecoveryCodesResource(RecoveryCodes codes) {
    this.codes = codes;
  }

  /** Ten new ones; the old ones are worth nothing from now on. */
  @POST
  @Needs(value = Action.RENEW_RECOVERY_CODES, cost = Cost.UNMETERED)
  public Response renew(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    return FactorAnswers.of(
        codes.regenerate(caller.session()),
        201,
        caller.isSecure(),
        () ->
            FactorAnswers.refusal(
                409,
                "no-factor",
                "Codes stand in for a factor, and you have none; add an app or a passkey first."));
  }
}
