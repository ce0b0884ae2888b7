package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.plan.QuotaReached;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.mail.Mail;
import io.nettrace.platform.mail.TypedNames;
import io.nettrace.tenant.Tenant;

/** What people are written when a tenant's calls of a day run out. */
final class QuotaLetter {
  private QuotaLetter() {}

  /** The day's calls run out, or did. */
  static Mail to(
      EmailAddress reader,
      Tenant tenant,
      QuotaReached reached,
      boolean unlimited,
      PublicAddress address) {
    return new Mail(
        reader.text(),
        "NetTrace: %d %% of today's calls are used (%s)"
            .formatted(reached.percent(), tenant.slug()),
        """
        %s has used %d of the %d calls that its plan has for %s (UTC).

        %s

        What was used each day: GET /api/v1/usage
        The plans there are:    %s
        """
            .formatted(
                TypedNames.inLetter(tenant.name()),
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
