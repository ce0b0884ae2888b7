package io.nettrace.edge.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.apikey.ApiKeyBeans;
import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.catalog.WatchLists;
import io.nettrace.identity.Account;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.IdentityBeans;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.InviteOutcome;
import io.nettrace.identity.MemberOutcome;
import io.nettrace.identity.Members;
import io.nettrace.identity.PasswordContext;
import io.nettrace.identity.PasswordHash;
import io.nettrace.identity.Passwords;
import io.nettrace.identity.Permission;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.PreparedPassword;
import io.nettrace.identity.Role;
import io.nettrace.identity.Session;
import io.nettrace.identity.SessionVerdict;
import io.nettrace.identity.Sessions;
import io.nettrace.identity.Visitor;
import io.nettrace.metric.Protocol;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.Wired;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The third dimension of who may do what: a tenant that knows an id of another tenant's finds
 * nothing under it, whatever it does with it. Each call is then made by the tenant whose id it is,
 * to show that it was a good one.
 */
@Timeout(120)
class OtherTenantsIT {
  private static final List<Class<?>> FACADES =
      List.of(
          ApiKeys.class, Members.class, Invitations.class, CustomTargets.class, WatchLists.class);
  private static final Visitor VISITOR = new Visitor("192.0.2.1", "a test");
  private static final int MANY = 100;

  private final TenantKit kit = new TenantKit();
  private final TargetKit own = new TargetKit(kit);
  private final CustomTargets targets = own.targets();
  private final WatchLists watchLists = own.watchLists();
  private final Wired wired;
  private final ApiKeys keys;
  private final Members members;
  private final Invitations invitations;
  private final Sessions sessions;
  private final Tenant acme = kit.tenant("acme");
  private final Tenant stranger = kit.tenant("stranger");
  private final Map<Tenant, UUID> owners;

  /** Something that is done with an id of {@link #acme}'s. */
  @FunctionalInterface
  private interface Attempt {
    boolean findsNothing(Tenant acting);
  }

  OtherTenantsIT(@TempDir Path folder) {
    Outbox outbox = UnsentMail.outbox(kit.database, Clock.systemUTC());
    wired =
        new Wired(
            List.of(IdentityBeans.class, ApiKeyBeans.class),
            kit.database,
            Clock.systemUTC(),
            Settings.of(Map.of()),
            new Secrets(folder),
            new PublicAddress(URI.create("https://nettrace.example")),
            outbox);
    wired
        .get(TenantPlans.class)
        .assign(Actors.TEST, acme.id(), wired.get(Plans.class).all().getLast());
    keys = wired.get(ApiKeys.class);
    members = wired.get(Members.class);
    invitations = wired.get(Invitations.class);
    sessions = wired.get(Sessions.class);
    owners =
        Map.of(
            acme, member("ann@acme.example", acme, Role.OWNER),
            stranger, member("sam@stranger.example", stranger, Role.OWNER));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void anotherTenantsIdsAreNotFound() {
    Map<String, Attempt> attempts = attempts();
    attempts.forEach(
        (name, attempt) -> assertThat(attempt.findsNothing(stranger)).as(name).isTrue());
    attempts.forEach((name, attempt) -> assertThat(attempt.findsNothing(acme)).as(name).isFalse());
  }

  @Test
  void everyCallThatTakesAnIdOfATenantsIsAmongTheAttempts() {
    Set<String> taking =
        FACADES.stream()
            .flatMap(facade -> Arrays.stream(facade.getDeclaredMethods()))
            .filter(OtherTenantsIT::takesAnIdOfATenants)
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .collect(Collectors.toSet());
    assertThat(attempts().keySet()).isEqualTo(taking);
  }

  @Test
  void nobodyActsForATenantTheyDoNotBelongToOrEndsSessionsOfOthers() {
    Session ann = signedIn(acme);
    Session sam = signedIn(stranger);
    assertThat(sessions.switchTo(sam, acme.id())).isFalse();
    assertThat(sessions.list(sam.accountId()))
        .extracting(Session::tenantId)
        .containsExactly(Optional.of(stranger.id()));
    assertThat(sessions.revoke(Actors.TEST, sam.accountId(), ann.id())).isFalse();
    assertThat(sessions.revoke(Actors.TEST, ann.accountId(), ann.id())).isTrue();
  }

  private Map<String, Attempt> attempts() {
    Map<String, Attempt> all = new LinkedHashMap<>();
    UUID found = key();
    UUID rotated = key();
    UUID revoked = key();
    all.put("ApiKeys.find", acting -> keys.find(acting.id(), found).isEmpty());
    all.put(
        "ApiKeys.rotate",
        acting -> keys.rotate(Actors.TEST, acting.id(), rotated, Duration.ofHours(1)).isEmpty());
    all.put("ApiKeys.revoke", acting -> !keys.revoke(Actors.TEST, acting.id(), revoked));

    UUID changed = member("changed@acme.example", acme, Role.VIEWER);
    UUID removed = member("removed@acme.example", acme, Role.VIEWER);
    UUID asked = invitation();
    all.put("Members.role", acting -> members.role(acting.id(), changed).isEmpty());
    all.put(
        "Members.changeRole",
        acting ->
            isUnknown(
                members.changeRole(
                    new Actor.Person(owner(acting)), acting.id(), changed, Role.ANALYST)));
    all.put(
        "Members.remove",
        acting -> isUnknown(members.remove(new Actor.Person(owner(acting)), acting.id(), removed)));
    all.put(
        "Invitations.withdraw",
        acting ->
            isUnknown(invitations.withdraw(new Actor.Person(owner(acting)), acting.id(), asked)));

    String target = target("www.example.com");
    String gone = target("gone.example.com");
    all.put("CustomTargets.find", acting -> targets.find(acting, target).isEmpty());
    all.put(
        "CustomTargets.replace",
        acting ->
            targets.replace(
                    Actors.TEST, acting, TargetKit.AMPLE, target, 1, draft("www.example.com"))
                instanceof TargetOutcome.Missing);
    all.put(
        "CustomTargets.remove",
        acting ->
            targets.remove(Actors.TEST, acting, gone, OptionalInt.empty())
                instanceof TargetOutcome.Missing);

    UUID list = watchList("mine");
    UUID old = watchList("old");
    all.put("WatchLists.find", acting -> watchLists.find(acting, list).isEmpty());
    all.put(
        "WatchLists.replace",
        acting ->
            watchLists.replace(Actors.TEST, acting, list, 1, "other", List.of())
                instanceof WatchListOutcome.Missing);
    all.put(
        "WatchLists.remove",
        acting ->
            watchLists.remove(Actors.TEST, acting, old, OptionalInt.empty())
                instanceof WatchListOutcome.Missing);
    return all;
  }

  /** A tenant comes first, or its id; the id of something comes later. */
  private static boolean takesAnIdOfATenants(Method method) {
    List<Parameter> parameters =
        Stream.of(method.getParameters())
            .dropWhile(it -> Actor.class.isAssignableFrom(it.getType()))
            .toList();
    if (!Modifier.isPublic(method.getModifiers()) || parameters.size() < 2) {
      return false;
    }
    Class<?> first = parameters.getFirst().getType();
    return (first == Tenant.class || first == UUID.class)
        && parameters.stream().skip(1).anyMatch(it -> it.getName().matches("id|\\w+Id"));
  }

  private static boolean isUnknown(MemberOutcome outcome) {
    return outcome instanceof MemberOutcome.Unknown;
  }

  private UUID owner(Tenant tenant) {
    return Objects.requireNonNull(owners.get(tenant), "every tenant has an owner");
  }

  private UUID key() {
    NewKey wish =
        new NewKey(
            acme.id(),
            "a key",
            KeyKind.LIVE,
            Set.of(Permission.READ_MEASUREMENTS),
            Optional.empty(),
            List.of());
    if (keys.issue(Actors.TEST, wish) instanceof IssueOutcome.Issued issued) {
      return issued.key().id();
    }
    throw new AssertionError("no key");
  }

  private UUID member(String email, Tenant tenant, Role role) {
    PasswordHash hash = hash(email);
    return kit.database.transaction(
        tx -> {
          Account person =
              wired
                  .get(Accounts.class)
                  .create(
                      Actors.TEST,
                      tx,
                      new EmailAddress(email),
                      new PersonName("Some Body"),
                      hash,
                      true)
                  .orElseThrow();
          boolean _ = members.add(Actors.TEST, tx, tenant.id(), person.id(), role);
          return person.id();
        });
  }

  private PasswordHash hash(String email) {
    PasswordContext context = new PasswordContext(new EmailAddress(email), List.of(), false);
    if (wired.get(Passwords.class).prepare("a lantern over wet slate", context)
        instanceof PreparedPassword.Ready(PasswordHash hash)) {
      return hash;
    }
    throw new AssertionError("no hash");
  }

  private UUID invitation() {
    if (invitations.invite(
            new Actor.Person(owner(acme)),
            acme.id(),
            acme.name(),
            "guest@example.org",
            Role.VIEWER,
            MANY)
        instanceof InviteOutcome.Invited(var invitation)) {
      return invitation.id();
    }
    throw new AssertionError("not invited");
  }

  private Session signedIn(Tenant tenant) {
    String token =
        kit.database.transaction(
            tx ->
                sessions
                    .start(tx, owner(tenant), Optional.of(tenant.id()), false, VISITOR)
                    .token());
    if (sessions.verify(token) instanceof SessionVerdict.Live(Session session)) {
      return session;
    }
    throw new AssertionError("not signed in");
  }

  private String target(String host) {
    if (targets.create(Actors.TEST, acme, TargetKit.AMPLE, draft(host), "a test")
        instanceof TargetOutcome.Saved(var saved)) {
      return saved.id();
    }
    throw new AssertionError("no target");
  }

  private static TargetDraft draft(String host) {
    return new TargetDraft(
        host, 443, List.of(Protocol.UDP), "a target", List.of(), Duration.ofMinutes(1), false);
  }

  private UUID watchList(String name) {
    if (watchLists.create(Actors.TEST, acme, name, List.of())
        instanceof WatchListOutcome.Saved(var saved)) {
      return saved.id();
    }
    throw new AssertionError("no list");
  }
}
