package io.nettrace.onboarding;

import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.identity.Account;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Letters;
import io.nettrace.identity.Members;
import io.nettrace.identity.OneTimeTokens;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.PasswordContext;
import io.nettrace.identity.PasswordHash;
import io.nettrace.identity.PasswordVerdict;
import io.nettrace.identity.PasswordWords;
import io.nettrace.identity.Passwords;
import io.nettrace.identity.Permission;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.PreparedPassword;
import io.nettrace.identity.Role;
import io.nettrace.identity.Sessions;
import io.nettrace.identity.TokenPurpose;
import io.nettrace.identity.TokenVerdict;
import io.nettrace.identity.Visitor;
import io.nettrace.onboarding.SignUpOutcome.Mistake;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import io.nettrace.tenant.SlugVerdict;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** People who sign up for a tenant of their own. */
@Service
public class SignUps {
  private static final Set<Permission> FIRST_KEY =
      Set.of(
          Permission.READ_MEASUREMENTS,
          Permission.READ_USAGE,
          Permission.ORDER_EXPORTS,
          Permission.MANAGE_TARGETS);

  /** Of a person who has no account yet. */
  private static final Actor SIGN_UP = new Actor.System("sign-up");

  private static final String TAKEN = "is taken, or looks like one that is; choose another";

  private final Database database;
  private final Tenants tenants;
  private final Accounts accounts;
  private final Members members;
  private final Passwords passwords;
  private final OneTimeTokens tokens;
  private final Sessions sessions;
  private final ApiKeys keys;
  private final Outbox outbox;
  private final Letters letters;
  private final Clock clock;

  @Inject
  SignUps(
      Database database,
      Tenants tenants,
      Accounts accounts,
      Members members,
      Passwords passwords,
      OneTimeTokens tokens,
      Sessions sessions,
      ApiKeys keys,
      Outbox outbox,
      Letters letters,
      Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.accounts = accounts;
    this.members = members;
    this.passwords = passwords;
    this.tokens = tokens;
    this.sessions = sessions;
    this.keys = keys;
    this.outbox = outbox;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Keeps the slug and writes a letter to the address; nothing else is there until it is read. An
   * address that gets no letter now is answered in the same way, and no slug is kept for it.
   */
  public SignUpOutcome begin(SignUp wish, Visitor visitor) {
    Checked checked = check(wish);
    if (!checked.mistakes().isEmpty() || checked.email() == null) {
      return new SignUpOutcome.Refused(checked.mistakes());
    }
    EmailAddress email = checked.email();
    PasswordContext context =
        new PasswordContext(email, List.of(wish.organisation(), wish.slug()), false);
    return switch (passwords.prepare(wish.password(), context)) {
      case PreparedPassword.Busy _ -> new SignUpOutcome.Busy();
      case PreparedPassword.Refused(PasswordVerdict verdict) ->
          new SignUpOutcome.Refused(List.of(new Mistake("password", PasswordWords.of(verdict))));
      case PreparedPassword.Ready(PasswordHash hash) -> keep(wish, email, hash, visitor);
    };
  }

  /**
   * Makes the tenant: schema, owner, plan, first key and session, or nothing of it.
   *
   * @param password the one that was chosen at the beginning
   */
  public ConfirmOutcome confirm(String token, String password, Visitor visitor) {
    return switch (database.transaction(tx -> tokens.peek(tx, TokenPurpose.SIGN_UP, token))) {
      case TokenVerdict.Valid valid ->
          switch (passwords.match(password, Optional.of(Chosen.of(valid.payload()).hash()))) {
            case RIGHT -> make(token, visitor);
            case WRONG -> new ConfirmOutcome.WrongPassword();
            case BUSY -> new ConfirmOutcome.Busy();
          };
      case TokenVerdict.Refused refused -> refused(refused);
    };
  }

  private record Checked(
      @org.jspecify.annotations.Nullable EmailAddress email, List<Mistake> mistakes) {}

  private Checked check(SignUp wish) {
    List<Mistake> mistakes = new ArrayList<>();
    EmailAddress email = value("email", EmailAddress.parse(wish.email()), mistakes).orElse(null);
    Optional<PersonName> _ = value("name", PersonName.parse(wish.name()), mistakes);
    Optional<PersonName> _ = value("organisation", PersonName.parse(wish.organisation()), mistakes);
    String slug =
        switch (tenants.check(wish.slug())) {
          case SlugVerdict.Free _ -> "";
          case SlugVerdict.Malformed(String rule) -> rule;
          case SlugVerdict.Reserved _ -> "is kept for ourselves; choose another";
          case SlugVerdict.Taken _ -> TAKEN;
        };
    if (!slug.isEmpty()) {
      mistakes.add(new Mistake("slug", slug));
    }
    return new Checked(email, mistakes);
  }

  private static <T> Optional<T> value(String field, Parsed<T> parsed, List<Mistake> mistakes) {
    return switch (parsed) {
      case Parsed.Valid<T>(T value) -> Optional.of(value);
      case Parsed.Invalid<T>(String reason) -> {
        mistakes.add(new Mistake(field, reason));
        yield Optional.empty();
      }
    };
  }

  private SignUpOutcome keep(SignUp wish, EmailAddress email, PasswordHash hash, Visitor visitor) {
    Occasion occasion = Occasion.of(Purpose.SIGN_UP).from(visitor.address());
    Instant until = clock.instant().plus(TokenPurpose.SIGN_UP.life());
    boolean kept =
        database.transaction(
            tx -> {
              if (outbox.isHeld(tx, occasion, email.text())
                  || OpenSignUps.areTooMany(tx.connection(), email, visitor, clock.instant())) {
                return true;
              }
              Optional<Tenant> tenant =
                  tenants.reserve(
                      SIGN_UP, tx, wish.slug(), new PersonName(wish.organisation()).text(), until);
              if (tenant.isEmpty()) {
                return false;
              }
              UUID tenantId = tenant.get().id();
              String token =
                  tokens.issue(
                      tx,
                      TokenPurpose.SIGN_UP,
                      Optional.empty(),
                      Optional.of(tenantId),
                      new Chosen(email, new PersonName(wish.name()), hash).payload());
              OpenSignUps.add(tx.connection(), tenantId, email, visitor, until);
              outbox.add(
                  tx,
                  occasion.ofTenant(tenantId),
                  letters.confirmSignUp(email, wish.organisation(), token));
              return true;
            });
    return kept
        ? new SignUpOutcome.LetterSent(until)
        : new SignUpOutcome.Refused(List.of(new Mistake("slug", TAKEN)));
  }

  private ConfirmOutcome make(String token, Visitor visitor) {
    return database.transaction(
        tx ->
            switch (tokens.consume(tx, TokenPurpose.SIGN_UP, token)) {
              case TokenVerdict.Valid valid -> make(tx, valid, visitor);
              case TokenVerdict.Refused refused -> refused(refused);
            });
  }

  private ConfirmOutcome make(Tx tx, TokenVerdict.Valid valid, Visitor visitor)
      throws SQLException {
    Optional<Tenant> made = tenants.activate(SIGN_UP, tx, valid.tenantId().orElseThrow());
    if (made.isEmpty()) {
      return new ConfirmOutcome.Unknown();
    }
    Tenant tenant = made.get();
    OpenSignUps.remove(tx.connection(), tenant.id());
    Chosen chosen = Chosen.of(valid.payload());
    Optional<Account> fresh =
        accounts.create(SIGN_UP, tx, chosen.email(), chosen.name(), chosen.hash(), true);
    Account owner = fresh.isPresent() ? fresh.get() : known(tx, chosen.email());
    Actor by = new Actor.Person(owner.id());
    members.add(by, tx, tenant.id(), owner.id(), Role.OWNER);
    IssueOutcome issued = keys.issue(by, tx, firstKey(tenant));
    if (!(issued instanceof IssueOutcome.Issued key)) {
      throw new IllegalStateException("a new tenant's first key was refused: " + issued);
    }
    Optional<String> session = Optional.empty();
    if (fresh.isPresent()) {
      session =
          Optional.of(
              sessions.start(tx, owner.id(), Optional.of(tenant.id()), false, visitor).token());
    }
    return new ConfirmOutcome.Confirmed(tenant, key.key(), key.text(), session);
  }

  /**
   * Whoever has an account already keeps its password and factors, and signs in with them: this
   * letter shows who has the mailbox, not more.
   */
  private Account known(Tx tx, EmailAddress email) throws SQLException {
    return accounts
        .find(tx, email)
        .orElseThrow(() -> new IllegalStateException("an address neither free nor taken"));
  }

  private static NewKey firstKey(Tenant tenant) {
    return new NewKey(
        tenant.id(), "First key", KeyKind.LIVE, FIRST_KEY, Optional.empty(), List.of());
  }

  private static ConfirmOutcome refused(TokenVerdict.Refused verdict) {
    return switch (verdict) {
      case TokenVerdict.Expired _ -> new ConfirmOutcome.Expired();
      case TokenVerdict.Used _ -> new ConfirmOutcome.Used();
      case TokenVerdict.Unknown _ -> new ConfirmOutcome.Unknown();
    };
  }
}
