package io.nettrace.identity;

import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.mail.Mail;
import io.nettrace.platform.mail.TypedNames;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * What is written to people: plain, short, and never a password. A token stands behind the # of its
 * link, which browsers keep to themselves: it is in no server's log.
 */
@Service
public class Letters {
  private final PublicAddress address;

  @Inject
  public Letters(PublicAddress address) {
    this.address = address;
  }

  /** To somebody who wants to sign up. */
  public Mail confirmSignUp(EmailAddress to, String organisation, String token) {
    return letter(
        to,
        "Confirm your e-mail address",
        """
        Welcome to NetTrace.

        Open this link and enter the password you chose, to confirm your e-mail address and to
        set up %s:

        %s

        It is good for %s. If you did not sign up, do nothing.
        """
            .formatted(
                TypedNames.inLetter(organisation),
                link("/sign-up", token),
                life(TokenPurpose.SIGN_UP)));
  }

  /** {@code from} may be a person, or whoever runs this installation. */
  Mail invitation(EmailAddress to, String organisation, String from, String token) {
    return letter(
        to,
        "Invitation to " + TypedNames.inLetter(organisation),
        """
        %s invites you to %s at NetTrace. Open this link to join:

        %s

        It is good for %s. If you do not know what this is about, do nothing.
        """
            .formatted(
                TypedNames.inLetter(from),
                TypedNames.inLetter(organisation),
                link("/invitation", token),
                life(TokenPurpose.INVITATION)));
  }

  Mail resetPassword(EmailAddress to, String token) {
    return letter(
        to,
        "Set a new password",
        """
        Somebody, probably you, wants to set a new password for your account at NetTrace.
        Open this link to do so:

        %s

        It is good for %s, once. If it was not you, do nothing: your password stays as it is.
        """
            .formatted(link("/password", token), life(TokenPurpose.RESET)));
  }

  Mail passwordChanged(EmailAddress to) {
    return letter(
        to,
        "Your password was changed",
        """
        The password of your account at NetTrace was changed, and all other sessions were ended.

        If it was not you, set a new password now: %s
        """
            .formatted(address.link("/password")));
  }

  Mail factorsChanged(EmailAddress to) {
    return letter(
        to,
        "Your second factors were changed",
        """
        The second factors of your account at NetTrace (authenticator app, passkeys, or recovery
        codes) were changed, and all other sessions were ended.

        If it was not you, set a new password now: %s
        """
            .formatted(address.link("/password")));
  }

  Mail codesWrong(EmailAddress to, int failures, int most) {
    return letter(
        to,
        "Wrong codes for your account",
        """
        Your password was entered %d times with a wrong code of your authenticator app. After %d
        times codes are refused, until you sign in with a passkey or a recovery code, or set a new
        password.

        If it was not you, your password is known to another person. Set a new one now: %s
        """
            .formatted(failures, most, address.link("/password")));
  }

  Mail confirmEmail(EmailAddress to, String token) {
    return letter(
        to,
        "Confirm your new e-mail address",
        """
        Open this link to use this address for your account at NetTrace from now on:

        %s

        It is good for %s. If you did not ask for it, do nothing.
        """
            .formatted(link("/email", token), life(TokenPurpose.EMAIL_CHANGE)));
  }

  Mail emailChanged(EmailAddress old) {
    return letter(
        old,
        "Your e-mail address was changed",
        """
        Your account at NetTrace has another e-mail address from now on; no more mail about it
        will come to this one.

        If it was not you, write to those who run %s at once.
        """
            .formatted(address.base()));
  }

  private static Mail letter(EmailAddress to, String subject, String text) {
    return new Mail(to.text(), subject, text);
  }

  private String link(String path, String token) {
    return address.link(path + "#" + token);
  }

  private static String life(TokenPurpose purpose) {
    Duration life = purpose.life();
    if (life.toDays() > 1) {
      return life.toDays() + " days";
    }
    return life.toHours() > 0 ? life.toHours() + " hours" : life.toMinutes() + " minutes";
  }
}
