package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Sql;
import io.nettrace.testing.Actors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsIT {
  private static final UUID ONE = UUID.fromString("0192f000-0000-7000-8000-00000000000a");
  private static final UUID TWO = UUID.fromString("0192f000-0000-7000-8000-00000000000b");
  private static final SessionVerdict UNKNOWN = new SessionVerdict.Unknown();
  private static final SessionVerdict EXPIRED = new SessionVerdict.Expired();

  private final People people = new People();
  private final Account ada = people.member("ada@example.org", ONE, Role.OWNER);

  @Test
  void anUnusedSessionEndsAfterHalfAnHourAUsedOneAfterTwelve() {
    String token = people.token(ada);
    people.clock.advance(Duration.ofMinutes(30));
    assertThat(people.sessions.verify(token)).isEqualTo(EXPIRED);

    String used = people.token(ada);
    for (int i = 0; i < 12 * 60 / 29; i++) {
      people.clock.advance(Duration.ofMinutes(29));
      assertThat(people.sessions.verify(used)).isInstanceOf(SessionVerdict.Live.class);
    }
    people.clock.advance(Duration.ofMinutes(24));
    assertThat(people.sessions.verify(used)).isEqualTo(EXPIRED);
  }

  @Test
  void aTenantsPolicyTakesTheirPlaceAlsoForRunningSessions() {
    String token = people.token(ada);
    assertThat(people.policies.of(ONE)).isEqualTo(people.config.policy());
    assertThat(
            people.policies.set(
                Actors.TEST,
                ONE,
                new TenantPolicy(Duration.ofMinutes(5), Duration.ofMinutes(15), true)))
        .isTrue();
    people.clock.advance(Duration.ofMinutes(4));
    Session session = people.live(token);
    assertThat(session.secondFactorMissing()).isTrue();
    assertThat(session.may(Permission.READ_TENANT)).isFalse();
    people.clock.advance(Duration.ofMinutes(5));
    assertThat(people.sessions.verify(token)).isEqualTo(EXPIRED);
    assertThat(people.sessions.list(ada.id())).isEmpty();
  }

  @Test
  void aPolicyBeyondTheBoundsIsRefused() {
    for (TenantPolicy policy :
        new TenantPolicy[] {
          new TenantPolicy(Duration.ofMinutes(4), Duration.ofHours(1), false),
          new TenantPolicy(Duration.ofHours(25), Duration.ofHours(1), false),
          new TenantPolicy(Duration.ofMinutes(5), Duration.ofMinutes(14), false),
          new TenantPolicy(Duration.ofMinutes(5), Duration.ofDays(8), false),
          new TenantPolicy(Duration.ofMinutes(61), Duration.ofHours(1), false),
          new TenantPolicy(Duration.ofSeconds(301), Duration.ofDays(1), false)
        }) {
      assertThat(people.policies.set(Actors.TEST, ONE, policy)).as(policy.toString()).isFalse();
    }
    assertThat(people.policies.of(ONE)).isEqualTo(people.config.policy());
  }

  @Test
  void lastUseIsWrittenAtMostOnceAMinute() {
    String token = people.token(ada);
    Instant start = people.clock.instant();
    people.clock.advance(Duration.ofSeconds(59));
    assertThat(people.live(token).lastSeenAt()).isEqualTo(start);
    people.clock.advance(Duration.ofSeconds(1));
    assertThat(people.live(token).lastSeenAt()).isEqualTo(start.plusSeconds(60));
  }

  @Test
  void whatStaysOpenIsToldWhichOfItsSessionsLiveOn() {
    String first = people.token(ada);
    String second = people.token(ada);
    List<String> all = List.of(first, second, "no token");
    assertThat(people.sessions.live(all)).containsOnlyKeys(first, second);
    people.sessions.revoke(Actors.TEST, ada.id(), people.live(first).id());
    assertThat(people.sessions.live(all)).containsOnlyKeys(second);
    people.clock.advance(Duration.ofHours(13));
    assertThat(people.sessions.live(all)).isEmpty();
  }

  @Test
  void aSessionIsVerifiedFromMemoryAndARevocationReachesEveryNodeWithinASecond() {
    String token = people.token(ada);
    People other = new People(people.database);
    Session there = other.live(token);
    assertThat(people.sessions.revoke(Actors.TEST, ada.id(), people.live(token).id())).isTrue();
    assertThat(people.sessions.verify(token)).as("here at once").isEqualTo(UNKNOWN);
    assertThat(other.live(token)).as("from memory").isSameAs(there);
    other.clock.advance(Duration.ofSeconds(1));
    assertThat(other.sessions.verify(token)).isEqualTo(UNKNOWN);
  }

  @Test
  void peopleSeeTheirSessionsAndEndOneOrAllOthers() {
    String old = people.token(ada);
    people.clock.advance(Duration.ofMinutes(1));
    String token =
        People.token(people.signIns.withPassword("ada@example.org", People.PASSWORD, People.THERE));
    assertThat(people.sessions.list(ada.id()))
        .extracting(Session::visitor)
        .containsExactly(People.THERE, People.HERE);
    Account bob = people.person("bob@example.org");
    assertThat(people.sessions.revoke(Actors.TEST, bob.id(), people.live(old).id()))
        .as("not somebody else's")
        .isFalse();
    assertThat(people.sessions.revokeOthers(people.live(token))).isEqualTo(1);
    assertThat(people.sessions.verify(old)).isEqualTo(UNKNOWN);
    assertThat(people.sessions.verify(token)).isInstanceOf(SessionVerdict.Live.class);
  }

  @Test
  void aPersonSwitchesBetweenTheirTenantsOnly() {
    String token = people.token(ada);
    assertThat(people.sessions.switchTo(people.live(token), TWO)).isFalse();
    assertThat(people.live(token).tenantId()).contains(ONE);
    people.database.transaction(
        tx -> people.members.add(Actors.TEST, tx, TWO, ada.id(), Role.VIEWER));
    assertThat(people.sessions.switchTo(people.live(token), TWO)).isTrue();
    assertThat(people.live(token).tenantId()).contains(TWO);
    assertThat(people.live(token).may(Permission.MANAGE_MEMBERS)).isFalse();
  }

  @Test
  void aChangeOfFactorEndsAllSessionsAndTheActingOneGoesOn() {
    String elsewhere = people.token(ada);
    String acting = people.token(ada);
    Session session = people.live(acting);
    String secret = people.apps.offer(session).orElseThrow().secret();
    assertThat(secret).hasSize(32);
    People.Enrolled enrolled = people.enrol(session);
    assertThat(people.sessions.verify(elsewhere)).isEqualTo(UNKNOWN);
    assertThat(people.sessions.verify(acting)).isEqualTo(UNKNOWN);
    Session next = people.live(enrolled.changed().sessionToken());
    assertThat(next.tenantId()).contains(ONE);
    assertThat(next.secondFactor()).isTrue();

    FactorOutcome.Changed removed = People.changed(people.apps.remove(next));
    assertThat(people.sessions.verify(enrolled.changed().sessionToken())).isEqualTo(UNKNOWN);
    assertThat(people.live(removed.sessionToken()).secondFactor()).isFalse();
    assertThat(people.mails("ada@example.org")).hasSize(2);
  }

  @Test
  void whatIsNoTokenIsUnknown() {
    for (String token : new String[] {"", "x", "x".repeat(43), "x".repeat(10_000_000)}) {
      assertThat(people.sessions.verify(token)).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void theTokenIsNotInTheDatabaseAndWhatABrowserSaysIsBounded() {
    String token =
        People.token(
            people.signIns.withPassword(
                "ada@example.org",
                People.PASSWORD,
                new Visitor("192.0.2.1", "M\u0000ozilla\r\n".repeat(10_000))));
    assertThat(people.live(token).visitor().userAgent())
        .hasSize(256)
        .doesNotContain("\u0000", "\n");
    List<String> rows =
        people.database.run(
            connection ->
                Sql.of("select s::text from platform.sessions s")
                    .all(connection, row -> row.getString(1)));
    assertThat(rows).singleElement().asString().doesNotContain(token);
  }
}
