package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.TokenPurpose;
import io.nettrace.plan.QuotaReached;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.mail.Mail;
import io.nettrace.tenant.Tenant;

/** What people are written about their tenants. */
final class Letters {
  private Letters() {}

  static Mail signUp(EmailAddress to, String slug, PublicAddress address, String token) {
    return new Mail(
        to.text(),
        "Confirm your NetTrace sign-up",
        """
        Somebody, probably you, signed up for NetTrace as %s.

        To confirm, open this page and enter the password you chose:
        %s

        The link is good for %d hours. If it was not you, do nothing: without it nothing happens.
        """
            .formatted(
                slug,
                address.link("/signup/confirm#" + token),
                TokenPurpose.SIGN_UP.life().toHours()));
  }

  /** The day's calls run out, or did. */
  static Mail quota(
      EmailAddress to,
      Tenant tenant,
      QuotaReached reached,
      boolean unlimited,
      PublicAddress address) {
    return new Mail(
        to.text(),
        "NetTrace: %d %% of today's calls are used (%s)"
            .formatted(reached.percent(), tenant.slug()),
        """
        %s has used %d of the %d calls that its plan has for %s (UTC).

        %s

        What was used each day: GET /api/v1/usage
        The plans there are:    %s
        """
            .formatted(
                tenant.name(),
                reached.used(),
                reached.limit(),
                reached.day(),
                consequence(reached, unlimited),
                address.link("/pricing")));
  }

  private static String consequence(QuotaReached reached, boolean unlimited) {
    if (unlimited) {
      return "Nothing is refused: the number is what is fair. If it is going to be more every"
                 + " day,\n"
                 + "please talk to us.";
    }
    return reached.percent() < 100
        ? "When all are used, calls are refused with status 429 until midnight, UTC."
        : "Calls are now refused with status 429 until midnight, UTC.";
  }
}
