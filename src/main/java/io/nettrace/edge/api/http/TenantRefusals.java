package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import io.nettrace.tenant.Tenant;

/** Why nothing is done for a tenant. */
public final class TenantRefusals {
  private static final int TRIED_EVERY_SECONDS = 60;

  private TenantRefusals() {}

  static RefusalException notServed(Tenant tenant) {
    return switch (tenant.state()) {
      case SUSPENDED ->
          refusal(
              "tenant-suspended",
              "The tenant is suspended",
              "Nothing is lost. An owner can sign in and see what to do.");
      case DELETING ->
          refusal(
              "tenant-deleting",
              "The tenant is being deleted",
              "Its owner can bring it back until "
                  + tenant.deletionDue().map(Object::toString).orElse("its time is over")
                  + ".");
      default -> refusal("tenant-gone", "There is no such tenant", "It was deleted.");
    };
  }

  static RefusalException none() {
    return new RefusalException(
        Problem.of(
            "no-tenant",
            "You act for no tenant",
            409,
            "Choose one of yours with PUT /api/v1/sessions/current/tenant, or accept an"
                + " invitation."));
  }

  /** For a move that its state does not allow. */
  public static RefusalException wrongState(Tenant tenant) {
    return new RefusalException(
        Problem.of(
            "wrong-state",
            "Not in this state",
            409,
            "The tenant is " + ConstantNames.of(tenant.state()) + "."));
  }

  private static RefusalException refusal(String type, String title, String detail) {
    return new RefusalException(Problem.of(type, title, 403, detail));
  }

  /** Its schema could not be migrated; that is tried every minute. */
  static Problem behind() {
    return Problem.of(
            "tenant-behind",
            "Your data is being brought up to date",
            503,
            "What is your tenant's own cannot be read until its tables are as this release needs"
                + " them. That is tried every minute, and our operators are told why it fails;"
                + " other tenants are not affected.")
        .retryAfter(TRIED_EVERY_SECONDS);
  }
}
