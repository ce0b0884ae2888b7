package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Answer;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.SignInOutcome;
import io.nettrace.identity.SignIns;
import io.nettrace.platform.web.SessionCookie;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in: a password, and a second factor where there is one. */
@Page
public class SignIn {
  @Inject SignIns signIns;
  @Inject Visit visit;

  private String next = "";
  private @Nullable String email;
  private @Nullable String password;
  private @Nullable String challenge;
  private @Nullable String code;
  private Optional<String> wrong = Optional.empty();

  public void withPassword() {
    settle(
        signIns.withPassword(
            email == null ? "" : email, password == null ? "" : password, visit.from()));
  }

  public void withCode() {
    settle(
        signIns.withCode(
            challenge == null ? "" : challenge, code == null ? "" : code, visit.from()));
  }

  private void settle(SignInOutcome outcome) {
    switch (outcome) {
      case SignInOutcome.SignedIn in -> enter(in.sessionToken());
      case SignInOutcome.SecondFactorNeeded needed -> {
        challenge = needed.challenge();
        wrong = Optional.empty();
      }
      case SignInOutcome.Refused _ ->
          wrong =
              Optional.of(
                  challenge == null
                      ? "E-mail address and password do not belong together."
                      : "That code is not right, or was used already.");
      case SignInOutcome.ChallengeOver _ -> {
        challenge = null;
        wrong = Optional.of("That took too long. Begin again with your password.");
      }
      case SignInOutcome.LockedOut(var left) ->
          wrong =
              Optional.of(
                  "Too many attempts. Try again in %d minutes, or set a new password."
                      .formatted(left.toMinutes() + 1));
      case SignInOutcome.Busy _ ->
          wrong = Optional.of("Too many people are signing in just now. Try again in a moment.");
    }
  }

  private void enter(String token) {
    Answer.header("Set-Cookie", SessionCookie.holding(token, visit.isSecure()));
    Answer.go(Answer.next(next, PortalPage.OVERVIEW.address()));
  }

  /** Whether the password was right and a second factor is asked for. */
  public boolean isSecondStep() {
    return challenge != null;
  }

  /** What was wrong with the last attempt; empty when nothing. */
  public String getWrong() {
    return wrong.orElse("");
  }

  public String getNext() {
    return next;
  }

  public void setNext(@Nullable String next) {
    this.next = next == null ? "" : next;
  }

  public @Nullable String getEmail() {
    return email;
  }

  public void setEmail(@Nullable String email) {
    this.email = email;
  }

  public @Nullable String getPassword() {
    return null; // never sent back
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  public @Nullable String getChallenge() {
    return challenge;
  }

  public void setChallenge(@Nullable String challenge) {
    this.challenge = challenge;
  }

  public @Nullable String getCode() {
    return null; // good once
  }

  public void setCode(@Nullable String code) {
    this.code = code;
  }
}
