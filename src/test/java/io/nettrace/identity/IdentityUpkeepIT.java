package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Sql;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityUpkeepIT {
  private final People people = new People();
  private final UUID tenant = UUID.randomUUID();
  private final Account ada = people.member("ada@example.org", tenant, Role.OWNER);

  @Test
  void whatIsOverIsForgottenAndWhatIsNotStays() {
    Session session = people.signedIn(ada);
    AuthenticatorApps.Offer _ = people.apps.offer(session).orElseThrow();
    people.passwordChanges.sendLink(ada.email());
    InviteOutcome _ =
        people.invitations.invite(
            new Actor.Person(ada.id()), tenant, "ACME", "g@example.org", Role.VIEWER, People.MANY);
    SignInOutcome _ = people.signIns.withPassword("ada@example.org", "wrong", People.HERE);
    assertThat(people.upkeep.forget()).isZero();

    people.clock.advance(Duration.ofHours(2));
    assertThat(people.upkeep.forget()).isEqualTo(2);
    assertThat(count("sessions")).isZero();
    assertThat(count("authenticator_apps")).isZero();

    people.clock.advance(Duration.ofDays(1));
    assertThat(people.upkeep.forget()).isEqualTo(1);
    assertThat(count("sign_in_failures")).isZero();

    people.clock.advance(Duration.ofDays(7));
    byte[] _ = people.withApp(ada);
    assertThat(people.upkeep.forget()).isEqualTo(1);
    assertThat(count("one_time_tokens")).as("the invitation's").isEqualTo(1);

    people.clock.advance(Duration.ofDays(30));
    assertThat(people.upkeep.forget()).isEqualTo(3);
    assertThat(count("invitations")).isZero();
    assertThat(count("one_time_tokens")).isZero();
    assertThat(count("authenticator_apps")).as("confirmed").isEqualTo(1);
    assertThat(count("accounts")).isEqualTo(1);
  }

  private long count(String table) {
    return people.database.run(
        connection ->
            Sql.of("select count(*) from platform." + table)
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }
}
