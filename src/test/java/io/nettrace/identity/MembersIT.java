package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Sql;
import io.nettrace.platform.job.Jobs;
import io.nettrace.testing.Actors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MembersIT {
  private static final MemberOutcome DONE = new MemberOutcome.Done();
  private static final MemberOutcome NOT_ALLOWED = new MemberOutcome.NotAllowed();
  private static final MemberOutcome LAST_OWNER = new MemberOutcome.LastOwner();
  private static final MemberOutcome UNKNOWN = new MemberOutcome.Unknown();
  private final UUID tenant = UUID.randomUUID();
  private final UUID otherTenant = UUID.randomUUID();
  private final People people = new People();
  private final UUID owner = people.member("owner@example.org", tenant, Role.OWNER).id();
  private final Account admin = people.member("admin@example.org", tenant, Role.ADMIN);
  private final Account viewer = people.member("viewer@example.org", tenant, Role.VIEWER);

  @Test
  void membersAreListedWithWhatTheyAre() {
    byte[] _ = people.withApp(viewer);
    assertThat(people.members.list(tenant))
        .extracting(Member::role)
        .containsExactlyInAnyOrder(Role.OWNER, Role.ADMIN, Role.VIEWER);
    assertThat(people.members.list(tenant))
        .filteredOn(Member::secondFactor)
        .extracting(Member::accountId)
        .containsExactly(viewer.id());
    assertThat(people.members.list(otherTenant)).isEmpty();
    assertThat(people.members.of(owner)).containsExactly(new Membership(tenant, Role.OWNER));
  }

  @Test
  void theLastOwnerNeitherLeavesNorStepsDown() {
    assertThat(people.members.leave(new Actor.Person(owner), tenant)).isEqualTo(LAST_OWNER);
    assertThat(people.members.changeRole(new Actor.Person(owner), tenant, owner, Role.ADMIN))
        .isEqualTo(LAST_OWNER);
    assertThat(people.members.remove(new Actor.Person(owner), tenant, owner)).isEqualTo(LAST_OWNER);
    assertThat(people.members.changeRole(new Actor.Person(owner), tenant, admin.id(), Role.OWNER))
        .isEqualTo(DONE);
    assertThat(people.members.leave(new Actor.Person(owner), tenant)).isEqualTo(DONE);
    assertThat(people.members.role(tenant, owner)).isEmpty();
  }

  @Test
  void anAdminManagesEverybodyButOwners() {
    assertThat(
            people.members.changeRole(
                new Actor.Person(admin.id()), tenant, viewer.id(), Role.ANALYST))
        .isEqualTo(DONE);
    assertThat(people.members.role(tenant, viewer.id())).contains(Role.ANALYST);
    assertThat(
            people.members.changeRole(
                new Actor.Person(admin.id()), tenant, viewer.id(), Role.OWNER))
        .isEqualTo(NOT_ALLOWED);
    assertThat(people.members.changeRole(new Actor.Person(admin.id()), tenant, owner, Role.VIEWER))
        .isEqualTo(NOT_ALLOWED);
    assertThat(people.members.remove(new Actor.Person(admin.id()), tenant, owner))
        .isEqualTo(NOT_ALLOWED);
    assertThat(people.members.remove(new Actor.Person(admin.id()), tenant, viewer.id()))
        .isEqualTo(DONE);
    assertThat(people.members.remove(new Actor.Person(admin.id()), tenant, viewer.id()))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void whoMayNotManageMembersOrIsNoneManagesNobody() {
    Account stranger = people.member("stranger@example.org", otherTenant, Role.OWNER);
    for (UUID actor : List.of(viewer.id(), stranger.id(), UUID.randomUUID())) {
      assertThat(
              people.members.changeRole(new Actor.Person(actor), tenant, viewer.id(), Role.ADMIN))
          .isEqualTo(NOT_ALLOWED);
      assertThat(people.members.remove(new Actor.Person(actor), tenant, admin.id()))
          .isEqualTo(NOT_ALLOWED);
    }
    assertThat(
            people.members.changeRole(new Actor.Person(owner), tenant, stranger.id(), Role.ADMIN))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void ofTwoLastOwnersWhoStepDownAtOnceOneStays() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 25; round++) {
        UUID here = UUID.randomUUID();
        UUID one = people.member("one" + round + "@example.org", here, Role.OWNER).id();
        UUID two = people.member("two" + round + "@example.org", here, Role.OWNER).id();
        List<Callable<MemberOutcome>> steps =
            round % 2 == 0
                ? List.of(
                    () -> people.members.changeRole(new Actor.Person(one), here, one, Role.VIEWER),
                    () -> people.members.changeRole(new Actor.Person(two), here, two, Role.VIEWER))
                : List.of(
                    () -> people.members.leave(new Actor.Person(one), here),
                    () -> people.members.remove(new Actor.Person(one), here, two));
        List<MemberOutcome> outcomes =
            threads.invokeAll(steps).stream().map(Future::resultNow).toList();
        assertThat(outcomes).contains(DONE);
        assertThat(people.members.list(here))
            .filteredOn(member -> member.role() == Role.OWNER)
            .hasSize(1);
      }
    }
  }

  @Test
  void aRemovedMembersSessionsDoNothingForTheTenantAnyMore() {
    String token = people.token(viewer);
    assertThat(people.live(token).may(Permission.READ_TENANT)).isTrue();
    assertThat(people.members.remove(new Actor.Person(owner), tenant, viewer.id())).isEqualTo(DONE);
    assertThat(people.live(token).tenantId()).isEmpty();
    assertThat(people.live(token).may(Permission.READ_TENANT)).isFalse();
  }

  @Test
  void nothingIsLeftOfAForgottenTenantAndOfPeopleWhoAreInNoOther() throws Exception {
    Account both = people.member("both@example.org", tenant, Role.AUDITOR);
    people.clock.advance(Duration.ofSeconds(1));
    boolean _ =
        people.database.transaction(
            tx -> people.members.add(Actors.TEST, tx, otherTenant, both.id(), Role.OWNER));
    String token = people.token(both);
    assertThat(people.live(token).tenantId()).contains(tenant);
    byte[] _ = people.withApp(admin);
    SoftwareAuthenticator device = new SoftwareAuthenticator();
    Session viewers = people.signedIn(viewer);
    FactorOutcome.Changed _ =
        People.changed(
            people.passkeys.register(
                viewers,
                device.register(people.passkeys.registrationOptions(viewers).orElseThrow()),
                new PersonName("key")));
    people.passwordChanges.sendLink(admin.email());
    InviteOutcome _ =
        people.invitations.invite(
            new Actor.Person(owner), tenant, "ACME", "guest@example.org", Role.VIEWER, People.MANY);
    SignInOutcome _ = people.signIns.withPassword("admin@example.org", "wrong", People.HERE);
    boolean _ = people.policies.set(Actors.TEST, tenant, people.config.policy());

    people.database.transaction(
        tx -> {
          people.members.forgetTenant(tx, tenant);
          new Jobs(people.database, new Chores(people.database), people.clock)
              .forgetTenant(tx, tenant);
          return true;
        });

    String all = everything();
    assertThat(all)
        .contains("both@example.org")
        .doesNotContain(tenant.toString(), admin.id().toString(), viewer.id().toString())
        .doesNotContain("admin@example.org", "viewer@example.org", "owner@example.org")
        .doesNotContain("guest@example.org");
    assertThat(count("sign_in_failures")).isZero();
    assertThat(count("accounts")).isEqualTo(1);
    assertThat(people.live(token).tenantId()).isEmpty();
    assertThat(people.members.of(both.id()))
        .containsExactly(new Membership(otherTenant, Role.OWNER));
    assertThat(people.accounts.find(both.id())).isEqualTo(Optional.of(both));
  }

  /** Every row of every table of the schema, as text. */
  private String everything() {
    return people.database.run(
        connection -> {
          StringBuilder text = new StringBuilder();
          for (String table :
              Sql.of("select tablename from pg_tables where schemaname = 'platform'")
                  .all(connection, row -> row.getString(1))) {
            Sql.of("select t::text from platform." + table + " t")
                .all(connection, row -> text.append(row.getString(1)).append('\n'));
          }
          return text.toString();
        });
  }

  private long count(String table) {
    return people.database.run(
        connection ->
            Sql.of("select count(*) from platform." + table)
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }
}
