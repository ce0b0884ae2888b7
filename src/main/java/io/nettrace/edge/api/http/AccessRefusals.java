package io.nettrace.edge.api.http;

import io.nettrace.desk.Decision;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problems;
import io.nettrace.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Refusals of callers that are known: what the desk denied, and what a bound did. */
public final class AccessRefusals {
  private static final String UPGRADE = " See GET /api/v1/plans, and /pricing to change yours.";

  private AccessRefusals() {}

  /** A decision of the desk, as the API says it. */
  static RefusalException of(Decision.Denied denied) {
    return switch (denied) {
      case Decision.SignInNeeded _ -> KeyRefusals.keyMissing();
      case Decision.PersonNeeded _ -> personNeeded();
      case Decision.NoTenant _ -> TenantRefusals.none();
      case Decision.SecondFactorNeeded _ -> secondFactorNeeded();
      case Decision.NotServed(Tenant tenant) -> TenantRefusals.notServed(tenant);
      case Decision.OperatorNeeded _ -> new RefusalException(Problems.of(404));
      case Decision.PermissionMissing(Permission missing) -> permission(missing);
      case Decision.PlanLacks(Entitlement missing, Plan own, Optional<Plan> cheapest) ->
          entitlement(missing, own, cheapest);
      case Decision.StepUpNeeded _ -> stepUpNeeded();
      case Decision.BeyondHorizon(Plan own, Duration asked, Optional<Plan> cheapest) ->
          history(own, asked, cheapest);
      case Decision.TooManyReads(int limit) -> tooManyReads(limit);
    };
  }

  private static RefusalException permission(Permission permission) {
    return new RefusalException(
        Problem.of(
            "permission-missing",
            "Not allowed",
            403,
            "This needs the permission %s, which your role or key does not have; an owner or admin can give it."
                .formatted(permission.name().toLowerCase(Locale.ROOT))));
  }

  private static RefusalException personNeeded() {
    return new RefusalException(
        Problem.of(
            "person-needed",
            "Only for people",
            403,
            "This is done by somebody who is signed in, not by a key."));
  }

  /** For what needs a fresh proof of who is there. */
  public static RefusalException stepUpNeeded() {
    return new RefusalException(
        Problem.of(
            "step-up-needed",
            "Show again who you are",
            403,
            "Do POST /api/v1/sessions/current/step-up with your password or a factor first; it is"
                + " good for ten minutes."));
  }

  private static RefusalException secondFactorNeeded() {
    return new RefusalException(
        Problem.of(
            "second-factor-needed",
            "A second factor is needed",
            403,
            "Your tenant asks for one; add it with POST /api/v1/account/totp or a passkey."));
  }

  private static RefusalException entitlement(
      Entitlement entitlement, Plan own, Optional<Plan> cheapest) {
    return plan(
        "plan-lacks",
        "%s does not include %s.".formatted(own.title(), entitlement.words()),
        cheapest);
  }

  private static RefusalException history(Plan own, Duration asked, Optional<Plan> cheapest) {
    return plan(
        "history-beyond-plan",
        "%s shows the last %s; this reaches back %s."
            .formatted(own.title(), words(own.history()), words(asked)),
        cheapest);
  }

  /** For one more person than the plan is for. */
  public static RefusalException members(Plan own, Optional<Plan> cheapest) {
    return plan(
        "plan-lacks",
        "%s does not include more than %s, open invitations counted."
            .formatted(own.title(), own.members() == 1 ? "1 member" : own.members() + " members"),
        cheapest);
  }

  static RefusalException dailyExhausted(long limit, Instant resetAt, Instant now) {
    return new RefusalException(
        Problem.of(
                "quota-exceeded",
                "Today's calls are used up",
                429,
                "The plan has %d calls a day; they begin again at %s.".formatted(limit, resetAt)
                    + UPGRADE)
            .retryAfter(Duration.between(now, resetAt)));
  }

  static RefusalException tooFast(long retryAfterMillis) {
    return new RefusalException(
        Problem.of("rate-exceeded", "Too many calls at once", 429, "Spread them a little.")
            .retryAfter(Duration.ofMillis(retryAfterMillis)));
  }

  static RefusalException tooManyAtOnce(int limit) {
    return new RefusalException(
        Problem.of(
                "concurrency-exceeded",
                "Too many calls at the same time",
                429,
                "At most %d are answered at the same time; wait for one to end.".formatted(limit))
            .retryAfter(1));
  }

  static RefusalException tooManyUnmetered(int perMinute, int seconds) {
    return new RefusalException(
        Problem.of(
                "rate-exceeded",
                "Too many calls at once",
                429,
                "Calls that the plan does not count are answered %d times a minute; spread them a little."
                    .formatted(perMinute))
            .retryAfter(seconds));
  }

  private static RefusalException tooManyReads(int limit) {
    return new RefusalException(
        Problem.of(
                "reads-exceeded",
                "Too many reads of the record at the same time",
                429,
                "At most %d of a tenant's run at the same time, and others wait already; ask again when some have ended."
                    .formatted(limit))
            .retryAfter(1));
  }

  static RefusalException ledgerAway() {
    return new RefusalException(
        Problem.of(
                "ledger-unavailable",
                "Calls cannot be counted now",
                503,
                "It is our fault and not your quota; ask again in a moment.")
            .retryAfter(Problems.RETRY_SECONDS));
  }

  private static RefusalException plan(String type, String what, Optional<Plan> cheapest) {
    String who =
        cheapest
            .map(plan -> " The plan %s (%s) does.".formatted(plan.name(), plan.title()))
            .orElse("");
    return new RefusalException(
        Problem.of(type, "Your plan does not include this", 403, what + who + UPGRADE));
  }

  /** What is begun counts. */
  private static String words(Duration duration) {
    long hours = duration.plusHours(1).minusNanos(1).toHours();
    return hours <= 48 ? hours + " hours" : (hours + 23) / 24 + " days";
  }
}
