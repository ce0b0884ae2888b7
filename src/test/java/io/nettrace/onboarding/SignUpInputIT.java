package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.identity.TokenPurpose;
import io.nettrace.onboarding.SignUpOutcome.Mistake;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may write who signs up, and how long it can be confirmed. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignUpInputIT {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final SignUpNode node;

  SignUpInputIT(@TempDir Path folder) {
    String url = SharedPostgres.migratedOwnedUrl();
    node = new SignUpNode(url, TenantKit.source(url), folder, 0, clock);
  }

  @BeforeAll
  void somebodyIsThereAlready() {
    assertThat(confirmed("beacon")).isInstanceOf(ConfirmOutcome.Confirmed.class);
  }

  @AfterAll
  void close() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "beacon", // taken
        "8eacon", // these look like it
        "beac0n",
        "bea-con",
        "admin", // kept for ourselves
        "adm1n",
        "my-nettrace",
        "../etc",
        "..",
        "a/b",
        "a%2fb",
        "a.b.c",
        "Upper",
        "größe",
        "аcme-firm", // a Cyrillic letter
        "-abc",
        "abc-",
        "a--b",
        "ab",
        "",
        " abc",
        "abc\n",
        "abc\u0000",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" // 41
      })
  void thatIsNoSlug(String slug) {
    assertRefused("slug", SignUpNode.wish(slug, "somebody@free.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "@free.example",
        "ann@",
        "ann@localhost",
        "ann@@free.example",
        "ann bell@free.example",
        "ann@free..example",
        "ann@-free.example",
        "ann@free.example\r\nBcc: eve@evil.example",
        "ann@[127.0.0.1]",
        "ann\u0000@free.example",
        "<ann@free.example>"
      })
  void thatIsNoAddress(String email) {
    assertRefused("email", SignUpNode.wish("free-slug", email));
  }

  @Test
  void everyFieldIsGoodAtItsLimitAndRefusedBeyond() {
    String name = "n".repeat(100);
    String local = "l".repeat(64);
    String domain = ("d".repeat(60) + ".").repeat(2) + "e".repeat(59) + ".example"; // 64 + 1 + 189
    String slug = "q".repeat(40);
    String password = "a lantern over wet slate, " + "0.1.2.3.4.5.6.7.8.9." + "p".repeat(82);
    assertThat(node.begin(new SignUp(local + "@" + domain, password, name, name, slug)))
        .isInstanceOf(SignUpOutcome.LetterSent.class);
    assertRefused("email", good("l" + local + "@free.example", password, name, name, "free-one"));
    assertRefused("email", good(local + "@d" + domain, password, name, name, "free-one"));
    assertRefused("name", good("a@free.example", password, name + "n", name, "free-one"));
    assertRefused("organisation", good("a@free.example", password, name, name + "n", "free-one"));
    assertRefused("slug", good("a@free.example", password, name, name, slug + "z"));
    assertRefused("password", good("a@free.example", password + "z", name, name, "free-one"));
  }

  private static SignUp good(String email, String password, String name, String firm, String slug) {
    return new SignUp(email, password, name, firm, slug);
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    SignUp all = new SignUp("nobody", "short", " ", "", "../etc");
    assertThat(((SignUpOutcome.Refused) node.begin(all)).mistakes())
        .extracting(Mistake::field)
        .containsExactlyInAnyOrder("email", "name", "organisation", "slug");
  }

  @Test
  void whetherAnAddressIsUsedIsToldInItsMailboxOnly() {
    SignUpOutcome used = node.begin(SignUpNode.wish("second-firm", SignUpNode.email("beacon")));
    SignUpOutcome free = node.begin(SignUpNode.wish("third-firm"));
    assertThat(used).isInstanceOf(SignUpOutcome.LetterSent.class).isEqualTo(free);
  }

  @Test
  void aLinkIsGoodForItsTimeAndOnce() {
    begin("late-firm");
    begin("timely-firm");
    Instant begun = clock.instant();
    clock.moveTo(begun.plus(TokenPurpose.SIGN_UP.life()).minusSeconds(1));
    assertThat(node.confirm(node.token(SignUpNode.email("timely-firm"))))
        .isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(node.confirm(node.token(SignUpNode.email("timely-firm"))))
        .isEqualTo(new ConfirmOutcome.Used());
    clock.moveTo(begun.plus(TokenPurpose.SIGN_UP.life()));
    assertThat(node.confirm(node.token(SignUpNode.email("late-firm"))))
        .isEqualTo(new ConfirmOutcome.Expired());
    clock.moveTo(begun);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "' or 1=1 --", "\u0000", "ü"})
  void thatIsNoToken(String token) {
    assertThat(node.confirm(token)).isEqualTo(new ConfirmOutcome.Unknown());
  }

  private ConfirmOutcome confirmed(String slug) {
    begin(slug);
    return node.confirm(node.token(SignUpNode.email(slug)));
  }

  private void begin(String slug) {
    assertThat(node.begin(SignUpNode.wish(slug))).isInstanceOf(SignUpOutcome.LetterSent.class);
  }

  private void assertRefused(String field, SignUp wish) {
    assertThat(node.begin(wish))
        .isInstanceOfSatisfying(
            SignUpOutcome.Refused.class,
            refused ->
                assertThat(refused.mistakes()).extracting(Mistake::field).containsExactly(field));
  }
}
