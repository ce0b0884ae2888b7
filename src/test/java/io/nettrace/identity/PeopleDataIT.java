package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Actor;
import io.nettrace.tenant.Exported;
import io.nettrace.testing.Actors;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeopleDataIT {
  private final UUID tenant = UUID.randomUUID();
  private final UUID otherTenant = UUID.randomUUID();
  private final People people = new People();
  private final PeopleData data = new PeopleData(people.members);
  private final Account owner = people.member("owner@example.org", tenant, Role.OWNER);

  @Test
  void aTenantGetsItsPeopleItsInvitationsAndItsPolicyAndNoSecrets() {
    byte[] _ = people.withApp(owner);
    Account stranger = people.member("stranger@example.org", otherTenant, Role.OWNER);
    invite(tenant, owner, "guest@example.org");
    invite(otherTenant, stranger, "friend@example.org");
    boolean _ = people.policies.set(Actors.TEST, tenant, people.config.policy());

    Map<String, List<Map<String, String>>> parts = Exported.by(data, people.database, tenant);

    assertThat(parts).containsOnlyKeys("members", "invitations", "session-policy");
    assertThat(parts.get("members"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsOnlyKeys("account_id", "email", "name", "role", "since")
                    .containsEntry("email", "owner@example.org")
                    .containsEntry("role", "OWNER"));
    assertThat(parts.get("invitations"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("email", "guest@example.org"));
    assertThat(parts.get("session-policy")).hasSize(1);
  }

  @Test
  void aForgottenTenantLeavesNothingAndAnotherOneLosesNothing() {
    Account stranger = people.member("stranger@example.org", otherTenant, Role.OWNER);
    invite(tenant, owner, "guest@example.org");
    invite(otherTenant, stranger, "friend@example.org");
    Map<String, List<Map<String, String>>> others = Exported.by(data, people.database, otherTenant);

    Exported.forget(data, people.database, tenant);

    assertThat(Exported.by(data, people.database, tenant).values()).allMatch(List::isEmpty);
    assertThat(people.accounts.find(owner.id())).isEmpty();
    assertThat(Exported.by(data, people.database, otherTenant)).isEqualTo(others);
  }

  private void invite(UUID where, Account actor, String email) {
    assertThat(
            people.invitations.invite(
                new Actor.Person(actor.id()), where, "ACME", email, Role.VIEWER, People.MANY))
        .isInstanceOf(InviteOutcome.Invited.class);
  }
}
