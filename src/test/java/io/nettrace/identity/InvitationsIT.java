package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InvitationsIT {
  private static final String GUEST = "guest@example.org";
  private static final Optional<NewPerson> PERSON =
      Optional.of(new NewPerson("Gwen Guest", People.OTHER_PASSWORD));
  private final UUID tenant = UUID.randomUUID();
  private final People people = new People();
  private final UUID owner = people.member("owner@example.org", tenant, Role.OWNER).id();
  private final UUID admin = people.member("admin@example.org", tenant, Role.ADMIN).id();
  private final UUID viewer = people.member("viewer@example.org", tenant, Role.VIEWER).id();

  @Test
  void somebodyWithoutAnAccountJoinsWithANameAndAPassword() {
    invited(Role.ANALYST);
    String token = people.mailedToken(GUEST);
    assertThat(people.mail(GUEST)).contains("Some Body invites you to ACME at", "7 days");
    assertThat(accept(token, Optional.empty()))
        .isEqualTo(new AcceptOutcome.PersonNeeded(new EmailAddress(GUEST)));
    AcceptOutcome outcome = accept(token, PERSON);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            AcceptOutcome.Joined.class,
            joined -> assertThat(joined.role()).isEqualTo(Role.ANALYST));
    Session session =
        people.live(
            People.token(people.signIns.withPassword(GUEST, People.OTHER_PASSWORD, People.HERE)));
    assertThat(session.tenantId()).contains(tenant);
    assertThat(people.invitations.list(tenant)).isEmpty();
    assertThat(accept(token, PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Used()));
  }

  @Test
  void aPersonWithAnAccountJoinsSignedInAndKeepsTheirPassword() {
    Account guest = people.person("Guest@Example.org");
    invited(Role.VIEWER);
    String token = people.mailedToken(GUEST);
    assertThat(accept(token, PERSON))
        .isEqualTo(new AcceptOutcome.SignInNeeded(new EmailAddress(GUEST)));
    assertThat(people.members.role(tenant, guest.id())).isEmpty();
    assertThat(people.invitations.accept(token, PERSON, Optional.of(people.signedIn(guest))))
        .isEqualTo(new AcceptOutcome.Joined(tenant, guest.id(), Role.VIEWER));
    assertThat(people.signIns.withPassword(GUEST, People.OTHER_PASSWORD, People.HERE))
        .isEqualTo(new SignInOutcome.Refused());
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", GUEST, Role.VIEWER, People.MANY))
        .isEqualTo(new InviteOutcome.AlreadyMember());
  }

  @Test
  void anotherPersonsSessionAcceptsNothingWhetherOrNotTheAddressHasAnAccount() {
    Optional<Session> ann = Optional.of(people.signedIn(people.person("ann@example.org")));
    invited(Role.ADMIN);
    String token = people.mailedToken(GUEST);
    AcceptOutcome notYours = new AcceptOutcome.NotYours(new EmailAddress(GUEST));
    assertThat(people.invitations.accept(token, PERSON, ann)).isEqualTo(notYours);
    Account guest = people.person(GUEST);
    assertThat(people.invitations.accept(token, PERSON, ann)).isEqualTo(notYours);
    assertThat(people.invitations.accept(token, PERSON, Optional.of(people.signedIn(guest))))
        .isInstanceOf(AcceptOutcome.Joined.class);
  }

  @Test
  void invitationsFallWithTheirWritersRight() {
    List<Invitation> written = List.of(written("a@example.org", Role.ADMIN));
    assertThat(people.members.changeRole(new Actor.Person(owner), tenant, admin, Role.ADMIN))
        .as("the right is kept")
        .isEqualTo(new MemberOutcome.Done());
    assertThat(people.members.changeRole(new Actor.Person(owner), tenant, admin, Role.VIEWER))
        .isEqualTo(new MemberOutcome.Done(written));
    assertThat(accept(people.mailedToken("a@example.org"), PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Unknown()));

    MemberOutcome _ = people.members.changeRole(new Actor.Person(owner), tenant, admin, Role.ADMIN);
    List<Invitation> more = List.of(written("b@example.org", Role.VIEWER));
    assertThat(people.members.remove(new Actor.Person(owner), tenant, admin))
        .isEqualTo(new MemberOutcome.Done(more));
    assertThat(people.invitations.list(tenant)).isEmpty();
  }

  @Test
  void anInvitationWhoseWriterHasNoRightLeftIsNotAccepted() {
    Invitation _ = written(GUEST, Role.ADMIN);
    // as before invitations fell with the right
    people.database.run(
        connection ->
            Sql.of("delete from platform.members where account_id = :account_id")
                .bind("account_id", admin)
                .update(connection));
    assertThat(accept(people.mailedToken(GUEST), PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Unknown()));
    assertThat(people.signIns.withPassword(GUEST, People.OTHER_PASSWORD, People.HERE))
        .as("no account is left behind")
        .isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void aLinkRunsOutIsReplacedOrTakenBack() {
    invited(Role.VIEWER);
    String first = people.mailedToken(GUEST);
    invited(Role.ANALYST);
    assertThat(people.invitations.list(tenant)).hasSize(1);
    assertThat(accept(first, PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Unknown()));

    String second = people.mailedToken(GUEST);
    UUID id = people.invitations.list(tenant).getFirst().id();
    assertThat(people.invitations.withdraw(new Actor.Person(viewer), tenant, id))
        .isEqualTo(new MemberOutcome.NotAllowed());
    assertThat(people.invitations.withdraw(new Actor.Person(owner), UUID.randomUUID(), id))
        .isEqualTo(new MemberOutcome.NotAllowed());
    assertThat(people.invitations.withdraw(new Actor.Person(admin), tenant, id))
        .isEqualTo(new MemberOutcome.Done());
    assertThat(people.invitations.withdraw(new Actor.Person(admin), tenant, id))
        .isEqualTo(new MemberOutcome.Unknown());
    assertThat(accept(second, PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Unknown()));

    invited(Role.VIEWER);
    people.clock.advance(TokenPurpose.INVITATION.life());
    assertThat(accept(people.mailedToken(GUEST), PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Expired()));
    assertThat(people.invitations.list(tenant)).isEmpty();
  }

  @Test
  void whoMayInviteWhom() {
    assertThat(
            people.invitations.invite(
                new Actor.Person(viewer), tenant, "ACME", GUEST, Role.VIEWER, People.MANY))
        .isEqualTo(new InviteOutcome.NotAllowed());
    assertThat(
            people.invitations.invite(
                new Actor.Person(admin), tenant, "ACME", GUEST, Role.OWNER, People.MANY))
        .isEqualTo(new InviteOutcome.NotAllowed());
    assertThat(
            people.invitations.invite(
                new Actor.Person(admin), tenant, "ACME", GUEST, Role.ADMIN, People.MANY))
        .isInstanceOf(InviteOutcome.Invited.class);
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", GUEST, Role.OWNER, People.MANY))
        .isInstanceOf(InviteOutcome.Invited.class);
    assertThat(
            people.invitations.withdraw(
                new Actor.Person(admin), tenant, people.invitations.list(tenant).getFirst().id()))
        .isEqualTo(new MemberOutcome.NotAllowed());
  }

  @Test
  void whatIsTypedWrongIsRefusedAndTheLinkStaysGood() {
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", "nobody", Role.VIEWER, People.MANY))
        .isInstanceOf(InviteOutcome.Malformed.class);
    invited(Role.VIEWER);
    String token = people.mailedToken(GUEST);
    assertThat(accept(token, person("", People.OTHER_PASSWORD)))
        .isInstanceOf(AcceptOutcome.NameRefused.class);
    assertThat(accept(token, person("Gwen", "short")))
        .isEqualTo(new AcceptOutcome.PasswordRefused(new PasswordVerdict.TooShort(15)));
    assertThat(accept(token, person("Gwen", "x".repeat(3_000_000))))
        .isEqualTo(new AcceptOutcome.PasswordRefused(new PasswordVerdict.TooLong(128)));
    assertThat(accept("x".repeat(1_000_000), PERSON))
        .isEqualTo(new AcceptOutcome.TokenRefused(new TokenVerdict.Unknown()));
    assertThat(accept(token, PERSON)).isInstanceOf(AcceptOutcome.Joined.class);
  }

  @Test
  void namesInTheMailAreOneLineAndNoLinks() {
    InviteOutcome _ =
        people.invitations.invite(
            new Actor.Person(owner),
            tenant,
            "ACME\r\n\r\nSee https://evil.test",
            GUEST,
            Role.VIEWER,
            People.MANY);
    assertThat(people.mail(GUEST)).contains("ACME See https evil test").doesNotContain("evil.test");
  }

  @Test
  void ofTwoWhoAcceptAtOnceOneJoinsAndOneAccountIsMade() throws Exception {
    invited(Role.VIEWER);
    String token = people.mailedToken(GUEST);
    Callable<AcceptOutcome> accept = () -> accept(token, PERSON);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(
              threads.invokeAll(List.of(accept, accept, accept, accept)).stream()
                  .map(Future::resultNow)
                  .filter(AcceptOutcome.Joined.class::isInstance))
          .hasSize(1);
    }
    assertThat(people.members.list(tenant)).hasSize(4);
  }

  @Test
  void openInvitationsAreBounded() {
    for (int i = 0; i < Invitations.MOST_OPEN; i++) {
      assertThat(
              people.invitations.invite(
                  new Actor.Person(owner),
                  tenant,
                  "A",
                  "g" + i + "@example.org",
                  Role.VIEWER,
                  People.MANY))
          .isInstanceOf(InviteOutcome.Invited.class);
    }
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "A", GUEST, Role.VIEWER, People.MANY))
        .isEqualTo(new InviteOutcome.TooMany(100));
  }

  private AcceptOutcome accept(String token, Optional<NewPerson> person) {
    return people.invitations.accept(token, person, Optional.empty());
  }

  private Invitation written(String email, Role role) {
    return ((InviteOutcome.Invited)
            people.invitations.invite(
                new Actor.Person(admin), tenant, "ACME", email, role, People.MANY))
        .invitation();
  }

  private void invited(Role role) {
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", GUEST, role, People.MANY))
        .isInstanceOf(InviteOutcome.Invited.class);
  }

  private static Optional<NewPerson> person(String name, String password) {
    return Optional.of(new NewPerson(name, password));
  }

  @Test
  void membersAndOpenInvitationsTogetherAreBounded() {
    int most = people.members.list(tenant).size() + 1;
    InviteOutcome full = new InviteOutcome.TeamFull(most);
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", GUEST, Role.VIEWER, most))
        .isInstanceOf(InviteOutcome.Invited.class);
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", "x@example.org", Role.VIEWER, most))
        .isEqualTo(full);
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", GUEST, Role.ANALYST, most))
        .as("a second letter to the same address takes no other place")
        .isInstanceOf(InviteOutcome.Invited.class);
    people.clock.advance(TokenPurpose.INVITATION.life());
    assertThat(
            people.invitations.invite(
                new Actor.Person(owner), tenant, "ACME", "x@example.org", Role.VIEWER, most))
        .as("an invitation whose time is over takes no place")
        .isInstanceOf(InviteOutcome.Invited.class);
  }

  @Test
  void ofManyInvitationsAtOnceNoneIsOneTooMany() throws Exception {
    int most = people.members.list(tenant).size() + 3;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<InviteOutcome>> wishes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String email = "crowd" + i + "@example.org";
        wishes.add(
            () ->
                people.invitations.invite(
                    new Actor.Person(owner), tenant, "ACME", email, Role.VIEWER, most));
      }
      List<InviteOutcome> outcomes =
          threads.invokeAll(wishes).stream().map(Future::resultNow).toList();
      assertThat(outcomes).filteredOn(InviteOutcome.Invited.class::isInstance).hasSize(3);
    }
    assertThat(people.invitations.list(tenant)).hasSize(3);
  }
}
