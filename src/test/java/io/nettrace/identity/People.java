package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.DataKeys;
import io.nettrace.platform.crypto.InstallationKeys;
import io.nettrace.platform.crypto.Vault;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.testing.Actors;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole component on a database of its own, with a clock that is set and cheap hashes. */
final class People {
  static final String PASSWORD = "a lantern over wet slate";
  static final String OTHER_PASSWORD = "eleven herons on a gate";

  /** People in a tenant of a plan that does not bound them. */
  static final int MANY = 1_000;

  static final Visitor HERE = new Visitor("192.0.2.1", "a test");
  static final Visitor THERE = new Visitor("192.0.2.2", "another test");
  static final PublicAddress ADDRESS = new PublicAddress(URI.create("https://nettrace.example"));
  private static final int CHEAP_KIB = 64;
  private static final int AT_ONCE = 8;
  private static final Pattern LINK_TOKEN = Pattern.compile("#([A-Za-z0-9_-]{43})");

  final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T10:00:00Z"));
  final Database database;
  final IdentityConfig config =
      new IdentityConfig(
          AT_ONCE, new TenantPolicy(Duration.ofMinutes(30), Duration.ofHours(12), false));
  final Outbox outbox;
  final Letters letters = new Letters(ADDRESS);
  final OneTimeTokens tokens;
  final Accounts accounts;
  final Passwords passwords;
  final LockOuts lockOuts;
  final Sessions sessions;
  final Notices notices;
  final RecoveryCodes recoveryCodes;
  final AuthenticatorApps apps;
  final Passkeys passkeys;
  final SignIns signIns;
  final TenantPolicies policies;
  final InvitationStore invitationStore = new InvitationStore();
  final Members members;
  final Invitations invitations;
  final PasswordChanges passwordChanges;
  final EmailChanges emailChanges;
  final IdentityUpkeep upkeep;

  People() {
    this(fresh(), new PasswordHashes(CHEAP_KIB, new Semaphore(AT_ONCE)));
  }

  /** Another node on the same database. */
  People(Database database) {
    this(database, new PasswordHashes(CHEAP_KIB, new Semaphore(AT_ONCE)));
  }

  People(Database database, PasswordHashes hashes) {
    this.database = database;
    outbox = UnsentMail.outbox(database, clock);
    tokens = new OneTimeTokens(clock);
    accounts = new Accounts(database, clock);
    passwords = new Passwords(hashes);
    Devices devices = new Devices(clock);
    lockOuts = new LockOuts(database, devices, clock);
    CodeFailures codeFailures = new CodeFailures(clock);
    sessions = new Sessions(database, config, clock);
    notices = new Notices(outbox, letters);
    recoveryCodes = new RecoveryCodes(database, sessions, notices, clock);
    FactorChanges changes = new FactorChanges(sessions, recoveryCodes, notices);
    InstallationKeys keys = new InstallationKeys("a key of tests, and of tests only", List.of());
    Vault vault = new Vault(new DataKeys(database, keys, clock), keys);
    apps = new AuthenticatorApps(database, vault, changes, lockOuts, clock);
    passkeys = new Passkeys(database, tokens, changes, ADDRESS, clock);
    PasswordChecks checks = new PasswordChecks(database, passwords, lockOuts);
    signIns =
        new SignIns(
            database,
            checks,
            tokens,
            apps,
            recoveryCodes,
            passkeys,
            lockOuts,
            codeFailures,
            devices,
            notices,
            sessions);
    policies = new TenantPolicies(database, config);
    members = new Members(database, sessions, policies, invitationStore, lockOuts, outbox, clock);
    invitations =
        new Invitations(
            database, invitationStore, tokens, passwords, accounts, outbox, letters, clock);
    passwordChanges =
        new PasswordChanges(
            database,
            checks,
            passwords,
            tokens,
            sessions,
            lockOuts,
            codeFailures,
            outbox,
            letters,
            notices,
            clock);
    emailChanges = new EmailChanges(database, tokens, sessions, outbox, letters, clock);
    upkeep =
        new IdentityUpkeep(
            database, tokens, sessions, lockOuts, devices, apps, invitationStore, clock);
  }

  static Database fresh() {
    Database database = SharedPostgres.migratedDatabase();
    return database;
  }

  Account person(String email) {
    return person(email, true);
  }

  Account person(String email, boolean verified) {
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    return database.transaction(
        tx ->
            accounts
                .create(
                    Actors.TEST,
                    tx,
                    new EmailAddress(email),
                    new PersonName("Some Body"),
                    hash,
                    verified)
                .orElseThrow());
  }

  Account member(String email, UUID tenantId, Role role) {
    Account person = person(email);
    database.transaction(tx -> members.add(Actors.TEST, tx, tenantId, person.id(), role));
    return person;
  }

  /** The session of somebody who signs in with nothing but the password. */
  Session signedIn(Account person) {
    return live(token(person));
  }

  String token(Account person) {
    return token(signIns.withPassword(person.email().text(), PASSWORD, HERE));
  }

  static String token(SignInOutcome outcome) {
    if (outcome instanceof SignInOutcome.SignedIn in) {
      return in.sessionToken();
    }
    throw new AssertionError("not signed in: " + outcome);
  }

  static FactorOutcome.Changed changed(FactorOutcome outcome) {
    if (outcome instanceof FactorOutcome.Changed changed) {
      return changed;
    }
    throw new AssertionError("not changed: " + outcome);
  }

  Session live(String token) {
    if (sessions.verify(token) instanceof SessionVerdict.Live(Session session)) {
      return session;
    }
    throw new AssertionError("no session");
  }

  /** An app that counts: its secret, and what confirming it came to. */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  record Enrolled(byte[] secret, FactorOutcome.Changed changed) {}

  /** Gives the person an app; the clock stands a step later. */
  Enrolled enrol(Session session) {
    byte[] secret = secret(apps.offer(session).orElseThrow().secret());
    FactorOutcome.Changed changed = changed(apps.confirm(session, code(secret)));
    nextStep();
    return new Enrolled(secret, changed);
  }

  /** Gives the person an app and returns its secret. */
  byte[] withApp(Account person) {
    return enrol(signedIn(person)).secret();
  }

  void nextStep() {
    clock.advance(Duration.ofSeconds(30));
  }

  String code(byte[] secret) {
    return TimeCodes.at(secret, clock.instant());
  }

  /** The newest mail to somebody; ids of one moment are in no order, places in the table are. */
  String mail(String to) {
    return mails(to).getLast();
  }

  List<String> mails(String to) {
    return database.run(
        connection ->
            Sql.of(
                    "select body from platform.outbox_mails where recipient = :recipient order by"
                        + " ctid")
                .bind("recipient", to)
                .all(connection, row -> row.getString("body")));
  }

  long allMails() {
    return database.run(
        connection ->
            Sql.of("select count(*) from platform.outbox_mails")
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }

  /** The token in the newest mail to somebody. */
  String mailedToken(String to) {
    Matcher matcher = LINK_TOKEN.matcher(mail(to));
    if (matcher.find()) {
      return matcher.group(1);
    }
    throw new AssertionError("no link in " + mail(to));
  }

  private static byte[] secret(String base32) {
    byte[] secret = new byte[TimeCodes.SECRET_BYTES];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < base32.length(); i++) {
      buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        secret[at] = (byte) (buffer >> bits);
        at++;
      }
    }
    return secret;
  }
}
