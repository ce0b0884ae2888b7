package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asking people to join a tenant, by a link in a mail. */
@Service
public class Invitations {
  static final int MOST_OPEN = 100;
  private static final String INVITATION = "invitation";

  private static final String OPERATOR = "NetTrace";

  /** Makes accounts of people who prove by a link that a mailbox is theirs. */
  private static final Actor LINK = new Actor.System("invitation");

  private final Database database;
  private final InvitationStore store;
  private final OneTimeTokens tokens;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Outbox outbox;
  private final Letters letters;
  private final Clock clock;

  /** An invitation that may be accepted, and whether whoever was asked has an account. */
  private record Open(Invitation invitation, Optional<Account> person) {}

  @Inject
  Invitations(
      Database database,
      InvitationStore store,
      OneTimeTokens tokens,
      Passwords passwords,
      Accounts accounts,
      Outbox outbox,
      Letters letters,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.tokens = tokens;
    this.passwords = passwords;
    this.accounts = accounts;
    this.outbox = outbox;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Asks a person to join; an earlier invitation of the same address is replaced.
   *
   * @param organisation the tenant's name, for the mail
   * @param mostPeople how many members and open invitations a tenant of its plan may have
   */
  public InviteOutcome invite(
      Actor.Person by,
      UUID tenantId,
      String organisation,
      String email,
      Role role,
      int mostPeople) {
    return switch (EmailAddress.parse(email)) {
      case Parsed.Invalid<EmailAddress>(String reason) -> new InviteOutcome.Malformed(reason);
      case Parsed.Valid<EmailAddress>(EmailAddress address) ->
          database.transaction(
              tx -> invite(by, tx, tenantId, organisation, address, role, mostPeople));
    };
  }

  /** Whoever runs this installation asks somebody to join; no plan bounds that. */
  public InviteOutcome inviteForOperator(
      Actor by, UUID tenantId, String organisation, EmailAddress email, Role role) {
    return database.transaction(
        tx -> ask(by, tx, tenantId, organisation, OPERATOR, email, role, Integer.MAX_VALUE));
  }

  /** Open invitations of a tenant, the oldest first. */
  public List<Invitation> list(UUID tenantId) {
    return database.transaction(tx -> store.list(tx, tenantId, clock.instant()));
  }

  /** Takes an invitation back; its link is worth nothing from now on. */
  public MemberOutcome withdraw(Actor.Person by, UUID tenantId, UUID invitationId) {
    return database.transaction(
        tx -> {
          Optional<Role> acting = MemberStore.role(tx, tenantId, by.accountId());
          Optional<Invitation> invitation =
              store.find(tx, invitationId).filter(it -> it.tenantId().equals(tenantId));
          if (!acting.map(it -> it.mayManage(Role.VIEWER)).orElse(false)) {
            return new MemberOutcome.NotAllowed();
          }
          if (invitation.isEmpty()) {
            return new MemberOutcome.Unknown();
          }
          if (!acting.get().mayManage(invitation.get().role())) {
            return new MemberOutcome.NotAllowed();
          }
          if (store.take(tx, invitationId).isEmpty()) {
            return new MemberOutcome.Unknown();
          }
          tx.audit(
              by,
              AuditEntry.of(MemberAct.INVITATION_WITHDRAWN, tenantId, invitationId.toString())
                  .with("role", invitation.get().role()));
          return new MemberOutcome.Done();
        });
  }

  /**
   * Joins, with the link from the mail. An invitation is for the person who has its address: with
   * an account they are signed in; without one the link proves the address, and no other person's
   * session may be there.
   *
   * @param person name and password of a person without an account; not looked at otherwise
   * @param acting the session that accepts
   */
  public AcceptOutcome accept(String token, Optional<NewPerson> person, Optional<Session> acting) {
    Optional<Open> open = database.transaction(tx -> open(tx, token));
    if (open.isEmpty()) {
      return database.transaction(tx -> refused(tx, token));
    }
    EmailAddress email = open.get().invitation().email();
    Optional<UUID> invited = open.get().person().map(Account::id);
    if (acting.isPresent()) {
      return invited.equals(acting.map(Session::accountId))
          ? database.transaction(tx -> join(tx, token, invited.orElseThrow()))
          : new AcceptOutcome.NotYours(email);
    }
    if (invited.isPresent()) {
      return new AcceptOutcome.SignInNeeded(email);
    }
    if (person.isEmpty()) {
      return new AcceptOutcome.PersonNeeded(email);
    }
    return switch (PersonName.parse(person.get().name())) {
      case Parsed.Invalid<PersonName>(String reason) -> new AcceptOutcome.NameRefused(reason);
      case Parsed.Valid<PersonName>(PersonName name) ->
          acceptAsNew(token, email, name, person.get().password());
    };
  }

  private AcceptOutcome acceptAsNew(
      String token, EmailAddress email, PersonName name, String password) {
    PasswordContext context = new PasswordContext(email, List.of(), false);
    return switch (passwords.prepare(password, context)) {
      case PreparedPassword.Refused(PasswordVerdict verdict) ->
          new AcceptOutcome.PasswordRefused(verdict);
      case PreparedPassword.Busy() -> new AcceptOutcome.Busy();
      case PreparedPassword.Ready(PasswordHash hash) ->
          database.transaction(
              tx -> {
                Optional<Account> created = accounts.create(LINK, tx, email, name, hash, true);
                return created.isPresent()
                    ? join(tx, token, created.get().id())
                    : new AcceptOutcome.SignInNeeded(email); // signed up in this very moment
              });
    };
  }

  /** Throws the new account away again when the token turns out to be no good. */
  private AcceptOutcome join(Tx tx, String token, UUID account) throws SQLException {
    TokenVerdict verdict = tokens.consume(tx, TokenPurpose.INVITATION, token);
    Optional<Invitation> invitation =
        verdict instanceof TokenVerdict.Valid valid
            ? takeStanding(tx, invitationId(valid))
            : Optional.empty();
    if (invitation.isEmpty()) {
      tx.rollbackOnly();
      return new AcceptOutcome.TokenRefused(
          verdict instanceof TokenVerdict.Refused refused ? refused : new TokenVerdict.Unknown());
    }
    Actor by = new Actor.Person(account);
    accounts.verify(by, tx, account);
    UUID tenantId = invitation.get().tenantId();
    boolean added =
        MemberStore.add(tx, tenantId, account, invitation.get().role(), clock.instant());
    if (added) {
      tx.audit(
          by,
          AuditEntry.of(MemberAct.JOINED, tenantId, account.toString())
              .with("role", invitation.get().role())
              .with("invitation", invitation.get().id()));
    }
    Role role =
        added ? invitation.get().role() : MemberStore.role(tx, tenantId, account).orElseThrow();
    return new AcceptOutcome.Joined(tenantId, account, role);
  }

  /** Members are locked before the invitation, as in {@link Members#remove}. */
  private Optional<Invitation> takeStanding(Tx tx, UUID id) {
    Optional<Invitation> found = store.find(tx, id);
    return found.isPresent() && stands(tx, found.get()) ? store.take(tx, id) : Optional.empty();
  }

  /** Whether its writer may still invite to that role; the operator always may. */
  private static boolean stands(Tx tx, Invitation invitation) {
    if (invitation.invitedBy().isEmpty()) {
      return true;
    }
    UUID writer = invitation.invitedBy().get();
    @Nullable Role role = MemberStore.lock(tx, invitation.tenantId(), writer).get(writer);
    return role != null && role.mayManage(invitation.role());
  }

  private InviteOutcome invite(
      Actor.Person by,
      Tx tx,
      UUID tenantId,
      String organisation,
      EmailAddress email,
      Role role,
      int mostPeople)
      throws SQLException {
    UUID actor = by.accountId();
    // the rows of the actor and of all owners are held until the commit: invitations of one tenant
    // come one after the other, so that what is counted stays true
    Optional<Role> acting = Optional.ofNullable(MemberStore.lock(tx, tenantId, actor).get(actor));
    if (!acting.map(it -> it.mayManage(role)).orElse(false)) {
      return new InviteOutcome.NotAllowed();
    }
    String from = AccountStore.find(tx, actor).orElseThrow().account().name().text();
    return ask(by, tx, tenantId, organisation, from, email, role, mostPeople);
  }

  private InviteOutcome ask(
      Actor by,
      Tx tx,
      UUID tenantId,
      String organisation,
      String from,
      EmailAddress email,
      Role role,
      int mostPeople)
      throws SQLException {
    Optional<Account> invited = accounts.find(tx, email);
    if (invited.isPresent() && MemberStore.role(tx, tenantId, invited.get().id()).isPresent()) {
      return new InviteOutcome.AlreadyMember();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is kept
    List<Invitation> open = store.list(tx, tenantId, now);
    if (open.size() >= MOST_OPEN) {
      return new InviteOutcome.TooMany(MOST_OPEN);
    }
    long others = open.stream().filter(it -> !it.email().key().equals(email.key())).count();
    if (MemberStore.count(tx, tenantId) + others >= mostPeople) {
      return new InviteOutcome.TeamFull(mostPeople);
    }
    Invitation invitation =
        new Invitation(
            TimeOrderedId.at(now),
            tenantId,
            email,
            role,
            by.account(),
            now,
            now.plus(TokenPurpose.INVITATION.life()));
    store.put(tx, invitation);
    tx.audit(
        by,
        AuditEntry.of(MemberAct.INVITED, tenantId, invitation.id().toString()).with("role", role));
    String token =
        tokens.issue(
            tx,
            TokenPurpose.INVITATION,
            Optional.empty(),
            Optional.of(tenantId),
            Map.of(INVITATION, invitation.id().toString()));
    outbox.add(
        tx,
        Occasion.of(Purpose.INVITATION).ofTenant(tenantId),
        letters.invitation(email, organisation, from, token));
    return new InviteOutcome.Invited(invitation);
  }

  private Optional<Open> open(Tx tx, String token) throws SQLException {
    if (!(tokens.peek(tx, TokenPurpose.INVITATION, token) instanceof TokenVerdict.Valid valid)) {
      return Optional.empty();
    }
    Optional<Invitation> invitation = store.find(tx, invitationId(valid));
    return invitation.isEmpty()
        ? Optional.empty()
        : Optional.of(new Open(invitation.get(), accounts.find(tx, invitation.get().email())));
  }

  private AcceptOutcome refused(Tx tx, String token) throws SQLException {
    TokenVerdict verdict = tokens.peek(tx, TokenPurpose.INVITATION, token);
    return new AcceptOutcome.TokenRefused(
        verdict instanceof TokenVerdict.Refused refused ? refused : new TokenVerdict.Unknown());
  }

  private static UUID invitationId(TokenVerdict.Valid token) {
    return UUID.fromString(Objects.requireNonNull(token.payload().get(INVITATION)));
  }
}
