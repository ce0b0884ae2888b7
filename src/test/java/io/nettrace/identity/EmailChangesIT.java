package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EmailChangesIT {
  private static final String OLD = "ada@example.org";
  private static final String NEW = "lovelace@example.org";
  private final People people = new People();
  private final Account ada = people.person(OLD);

  @Test
  void theNewAddressConfirmsAndTheOldOneIsTold() {
    Session session = people.signedIn(ada);
    people.passwordChanges.sendLink(ada.email());
    String reset = people.mailedToken(OLD);
    assertThat(people.emailChanges.request(session, " " + NEW))
        .isEqualTo(new EmailOutcome.LinkSent());
    assertThat(people.mails(OLD)).hasSize(1);
    String token = people.mailedToken(NEW);
    assertThat(people.emailChanges.confirm(token))
        .isEqualTo(new EmailOutcome.Changed(new EmailAddress(NEW)));
    assertThat(people.mail(OLD)).contains("another e-mail address").doesNotContain(NEW);
    assertThat(people.sessions.list(ada.id())).isEmpty();
    assertThat(signIn(OLD)).isEqualTo(new SignInOutcome.Refused());
    assertThat(signIn(NEW)).isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(people.passwordChanges.reset(reset, People.OTHER_PASSWORD))
        .as("links in the old mailbox open nothing")
        .isInstanceOf(PasswordOutcome.TokenRefused.class);
    assertThat(people.emailChanges.confirm(token))
        .isEqualTo(new EmailOutcome.TokenRefused(new TokenVerdict.Used()));
  }

  @Test
  void anAddressThatSomebodyHasIsToldOnlyToWhoReadsItsMail() {
    Account bob = people.person("Bob@example.org");
    assertThat(people.emailChanges.request(people.signedIn(ada), "bob@EXAMPLE.org"))
        .isEqualTo(new EmailOutcome.LinkSent());
    assertThat(people.emailChanges.confirm(people.mailedToken("bob@example.org")))
        .isEqualTo(new EmailOutcome.Taken());
    assertThat(people.accounts.find(ada.id()).orElseThrow().email()).isEqualTo(ada.email());
    assertThat(people.accounts.find(bob.id()).orElseThrow().email()).isEqualTo(bob.email());
  }

  @Test
  void itTakesAFreshProofAndAnAddress() {
    Session session = people.signedIn(ada);
    assertThat(people.emailChanges.request(session, "no address"))
        .isInstanceOf(EmailOutcome.Malformed.class);
    assertThat(people.emailChanges.request(session, "x".repeat(3_000_000)))
        .isInstanceOf(EmailOutcome.Malformed.class);
    people.clock.advance(Session.STEP_UP_LIFE);
    assertThat(people.emailChanges.request(session, NEW))
        .isEqualTo(new EmailOutcome.StepUpNeeded());
    assertThat(people.emailChanges.confirm("x"))
        .isEqualTo(new EmailOutcome.TokenRefused(new TokenVerdict.Unknown()));
  }

  @Test
  void ofTwoWhoWantOneAddressAtOnceOneGetsIt() throws Exception {
    Account bob = people.person("bob@example.org");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 10; round++) {
        String wanted = "wanted" + round + "@example.org";
        EmailOutcome _ = people.emailChanges.request(people.signedIn(current(ada)), wanted);
        String one = people.mailedToken(wanted);
        EmailOutcome _ = people.emailChanges.request(people.signedIn(current(bob)), wanted);
        String other = people.mailedToken(wanted);
        List<Callable<EmailOutcome>> both =
            List.of(
                () -> people.emailChanges.confirm(one), () -> people.emailChanges.confirm(other));
        assertThat(Set.copyOf(threads.invokeAll(both).stream().map(Future::resultNow).toList()))
            .isEqualTo(
                Set.of(
                    new EmailOutcome.Changed(new EmailAddress(wanted)), new EmailOutcome.Taken()));
      }
    }
  }

  private Account current(Account account) {
    return people.accounts.find(account.id()).orElseThrow();
  }

  private SignInOutcome signIn(String email) {
    return people.signIns.withPassword(email, People.PASSWORD, People.HERE);
  }
}
