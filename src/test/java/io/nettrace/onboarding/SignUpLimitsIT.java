package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.identity.TokenPurpose;
import io.nettrace.identity.Visitor;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.UnlikeNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sign-ups that are not confirmed hold few slugs, and not for long. */
@Timeout(120)
class SignUpLimitsIT {
  private static final String VICTIM = "vic@example.org";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final SignUpNode node;

  SignUpLimitsIT(@TempDir Path folder) {
    String url = SharedPostgres.migratedOwnedUrl();
    node = new SignUpNode(url, TenantKit.source(url), folder, 0, clock);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aMailboxHasThreeOpenSignUpsAndTheOutsideLearnsNothingOfTheBound() {
    SignUpOutcome sent =
        new SignUpOutcome.LetterSent(clock.instant().plus(TokenPurpose.SIGN_UP.life()));
    for (int i = 0; i < 50; i++) {
      assertThat(node.begin(SignUpNode.wish("firm-" + UnlikeNames.of(i, 2), VICTIM)))
          .isEqualTo(sent);
    }
    assertThat(node.tokens(VICTIM)).hasSize(3);
    assertThat(pending()).isEqualTo(3);
  }

  @Test
  void aNetworkHasTwentyOpenSignUps() {
    for (int i = 0; i < 25; i++) {
      SignUpOutcome outcome =
          node.signUps.begin(
              SignUpNode.wish("firm-" + UnlikeNames.of(i, 2)),
              new Visitor("192.0.2." + i, "a test"));
      assertThat(outcome).isInstanceOf(SignUpOutcome.LetterSent.class);
    }
    assertThat(pending()).isEqualTo(20);
  }

  @Test
  void aSlugIsFreeAgainAfterTwoHours() {
    assertThat(node.begin(SignUpNode.wish("wanted-firm", "squatter@example.org")))
        .isInstanceOf(SignUpOutcome.LetterSent.class);
    assertThat(node.begin(SignUpNode.wish("wanted-firm")))
        .isInstanceOf(SignUpOutcome.Refused.class);
    clock.advance(Duration.ofHours(2).plusSeconds(1));
    assertThat(node.begin(SignUpNode.wish("wanted-firm")))
        .isInstanceOf(SignUpOutcome.LetterSent.class);
    assertThat(node.confirm(node.token(SignUpNode.email("wanted-firm"))))
        .isInstanceOf(ConfirmOutcome.Confirmed.class);
  }

  @Test
  void aConfirmedSignUpMakesRoomForAnother() {
    for (int round = 0; round < 5; round++) {
      String slug = "own-" + UnlikeNames.of(round, 2);
      assertThat(node.begin(SignUpNode.wish(slug, VICTIM)))
          .isInstanceOf(SignUpOutcome.LetterSent.class);
      assertThat(node.confirm(node.tokens(VICTIM).getLast()))
          .isInstanceOf(ConfirmOutcome.Confirmed.class);
      clock.advance(Duration.ofMinutes(61));
    }
  }

  private long pending() {
    return node.count(Sql.of("select count(*) from platform.tenants where state = 'PENDING'"));
  }
}
