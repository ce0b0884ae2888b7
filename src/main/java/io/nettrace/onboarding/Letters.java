package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.TokenPurpose;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.mail.Mail;

/** What people are written who sign up. */
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
}
