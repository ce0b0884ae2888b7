package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nettrace.platform.Actor;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.AuditEntries.Line;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people do with accounts and members is kept with who did it, and without their secrets. */
class PeopleAuditIT {
  private static final String GUEST = "guest@example.org";
  private static final PersonName NAME = new PersonName("Ada Lovelace");

  private final People people = new People();
  private final UUID tenant = UUID.randomUUID();
  private final Account ada = people.member("ada@example.org", tenant, Role.OWNER);
  private final Account bob = people.member("bob@example.org", tenant, Role.VIEWER);
  private final Actor.Person byAda = new Actor.Person(ada.id());
  private final AuditEntries entries = new AuditEntries(people.database);

  @Test
  void whatIsDoneToMembers() {
    InviteOutcome invited =
        people.invitations.invite(byAda, tenant, "ACME", GUEST, Role.ANALYST, People.MANY);
    UUID invitation = ((InviteOutcome.Invited) invited).invitation().id();
    AcceptOutcome accepted =
        people.invitations.accept(
            people.mailedToken(GUEST),
            Optional.of(new NewPerson("Guest", People.PASSWORD)),
            Optional.empty());
    UUID guest = ((AcceptOutcome.Joined) accepted).accountId();
    MemberOutcome _ = people.members.changeRole(byAda, tenant, bob.id(), Role.ADMIN);
    MemberOutcome _ = people.members.changeRole(byAda, tenant, bob.id(), Role.ADMIN); // no change
    MemberOutcome _ = people.members.remove(new Actor.Person(guest), tenant, ada.id()); // refused
    MemberOutcome _ = people.members.leave(byAda, tenant); // refused: the last owner
    MemberOutcome _ = people.members.leave(new Actor.Person(guest), tenant);
    InviteOutcome further =
        people.invitations.invite(
            new Actor.Person(bob.id()), tenant, "ACME", "b@example.org", Role.VIEWER, People.MANY);
    UUID fallen = ((InviteOutcome.Invited) further).invitation().id();
    MemberOutcome _ = people.members.remove(byAda, tenant, bob.id());
    InviteOutcome last =
        people.invitations.inviteForOperator(
            new Actor.Operator(), tenant, "ACME", new EmailAddress("c@example.org"), Role.VIEWER);
    UUID withdrawn = ((InviteOutcome.Invited) last).invitation().id();
    MemberOutcome _ = people.invitations.withdraw(byAda, tenant, withdrawn);
    TenantPolicy policy = new TenantPolicy(Duration.ofMinutes(10), Duration.ofHours(1), true);
    assertThat(people.policies.set(Actors.TEST, tenant, policy)).isTrue();
    assertThat(people.policies.set(Actors.TEST, tenant, policy)).isTrue(); // no change

    String ofBob = "person:" + bob.id();
    String ofGuest = "person:" + guest;
    assertThat(entries.lines())
        .containsExactly(
            ofTenant("member.invited", invitation, byAda.text()),
            ofNone("account.created", guest, "system:invitation"),
            ofTenant("member.joined", guest, ofGuest),
            ofTenant("member.role-changed", bob.id(), byAda.text()),
            ofTenant("member.left", guest, ofGuest),
            ofTenant("member.invited", fallen, ofBob),
            ofTenant("member.removed", bob.id(), byAda.text()),
            ofTenant("invitation.withdrawn", fallen, byAda.text()),
            ofTenant("member.invited", withdrawn, "operator"),
            ofTenant("invitation.withdrawn", withdrawn, byAda.text()),
            ofTenant("tenant.session-policy-changed", tenant, "system:test"));
  }

  @Test
  void whatPeopleDoWithTheirAccounts() throws Exception {
    Session session = people.signedIn(ada);
    UUID other = people.signedIn(ada).id();
    UUID third = people.signedIn(ada).id();
    assertThat(people.accounts.rename(byAda, ada.id(), NAME)).isTrue();
    assertThat(people.sessions.revoke(byAda, ada.id(), other)).isTrue();
    assertThat(people.sessions.revoke(byAda, ada.id(), other)).isFalse();
    assertThat(people.sessions.revokeOthers(session)).isEqualTo(1);
    People.Enrolled enrolled = people.enrol(session);
    session = people.live(enrolled.changed().sessionToken());
    SoftwareAuthenticator device = new SoftwareAuthenticator();
    String options = people.passkeys.registrationOptions(session).orElseThrow();
    FactorOutcome added = people.passkeys.register(session, device.register(options), NAME);
    session = people.live(People.changed(added).sessionToken());
    FactorOutcome.Changed codes = People.changed(people.recoveryCodes.regenerate(session));
    session = people.live(codes.sessionToken());
    UUID passkey = people.passkeys.list(ada.id()).getFirst().id();
    session = people.live(People.changed(people.passkeys.remove(session, passkey)).sessionToken());
    session = people.live(People.changed(people.apps.remove(session)).sessionToken());
    PasswordOutcome _ = people.passwordChanges.change(session, "not it", People.OTHER_PASSWORD);
    PasswordOutcome changed =
        people.passwordChanges.change(session, People.PASSWORD, People.OTHER_PASSWORD);
    session = people.live(((PasswordOutcome.Changed) changed).sessionToken().orElseThrow());
    people.passwordChanges.sendLink(ada.email());
    String link = people.mailedToken(ada.email().text());
    EmailOutcome _ = people.emailChanges.request(session, "lovelace@example.org");
    PasswordOutcome _ = people.passwordChanges.reset(link, People.PASSWORD);
    EmailOutcome _ = people.emailChanges.confirm(people.mailedToken("lovelace@example.org"));

    List<AuditEntries.Entry> written = entries.take();
    UUID id = ada.id();
    assertThat(written)
        .extracting(AuditEntries.Entry::type, AuditEntries.Entry::subject)
        .containsExactly(
            tuple("account.renamed", id.toString()),
            tuple("session.ended", other.toString()),
            tuple("session.ended", third.toString()),
            tuple("factor.added", id.toString()),
            tuple("factor.added", id.toString()),
            tuple("recovery-codes.replaced", id.toString()),
            tuple("factor.removed", id.toString()),
            tuple("factor.removed", id.toString()),
            tuple("password.changed", id.toString()),
            tuple("email.change-requested", id.toString()),
            tuple("password.reset", id.toString()),
            tuple("email.changed", id.toString()));
    assertThat(written)
        .allSatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo(byAda.text());
              assertThat(entry.tenantId()).as("an account is its person's own").isEmpty();
              assertThat(entry.body())
                  .doesNotContain("@", People.PASSWORD, People.OTHER_PASSWORD, link)
                  .doesNotContain(codes.recoveryCodes());
            });
  }

  private Line ofTenant(String type, UUID subject, String actor) {
    return new Line(type, Optional.of(tenant), subject.toString(), actor);
  }

  private static Line ofNone(String type, UUID subject, String actor) {
    return new Line(type, Optional.empty(), subject.toString(), actor);
  }
}
