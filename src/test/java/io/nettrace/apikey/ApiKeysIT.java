package io.nettrace.apikey;

import static io.nettrace.identity.Permission.MANAGE_KEYS;
import static io.nettrace.identity.Permission.MANAGE_TARGETS;
import static io.nettrace.identity.Permission.ORDER_EXPORTS;
import static io.nettrace.identity.Permission.READ_MEASUREMENTS;
import static io.nettrace.identity.Permission.READ_USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.apikey.IssueOutcome.Issued;
import io.nettrace.apikey.IssueOutcome.Refused;
import io.nettrace.apikey.IssueOutcome.TooManyKeys;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.tenant.Exported;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ApiKeysIT {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.9");
  private static final InetAddress ABROAD = InetAddress.ofLiteral("198.51.100.9");
  private static final UUID TENANT = new UUID(0x7000, 1);
  private static final UUID STRANGER = new UUID(0x7000, 2);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ApiKeyConfig CONFIG =
      ApiKeyConfig.from(Settings.of(Map.of("nettrace.apikey.most", "3")));

  private final DataSource source = SharedPostgres.migratedSource();

  /** Those that the test's own calls take; the node listens for signals on another thread. */
  private final AtomicInteger connections = new AtomicInteger();

  private final Thread caller = Thread.currentThread();
  private final Database database =
      new Database(
          () -> {
            if (Thread.currentThread() == caller) {
              connections.incrementAndGet();
            }
            return source;
          });
  private final MovableClock clock = new MovableClock(NOW);
  private final List<Runnable> stops = new ArrayList<>();
  private final Plans catalogue = new Plans();
  private final TenantPlans plans = new TenantPlans(database, new Signals(database), catalogue);

  ApiKeysIT() {
    put(TENANT, "pro");
  }

  @AfterEach
  void stop() {
    stops.forEach(Runnable::run);
  }

  @Test
  void anIssuedKeyIsAcceptedAlsoAfterARestart() {
    Issued issued = issue(node("pepper"), wish());
    assertThat(node("pepper").verify(issued.text(), () -> HOME))
        .isEqualTo(new KeyVerdict.Accepted(issued.key()));
  }

  @Test
  void checkingAKnownKeyDoesNotAskTheDatabase() {
    ApiKeys keys = node("pepper");
    Issued issued = issue(keys, wish());
    int before = connections.get();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    }
    assertThat(connections).hasValue(before);
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAndForEver() {
    ApiKeys keys = node("pepper");
    Issued issued = issue(keys, wish());
    assertThat(keys.revoke(Actors.TEST, TENANT, issued.key().id())).isTrue();
    assertThat(keys.revoke(Actors.TEST, TENANT, issued.key().id())).isTrue();
    assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Revoked.class);
    assertThat(node("pepper").verify(issued.text(), () -> HOME))
        .isInstanceOf(KeyVerdict.Revoked.class);
  }

  @Test
  void whoChangesKeysIsKeptWithoutTheirText() {
    ApiKeys keys = node("pepper");
    AuditEntries entries = new AuditEntries(database);
    UUID first = issue(keys, wish()).key().id();
    Optional<IssueOutcome> replaced = keys.rotate(Actors.TEST, TENANT, first, Duration.ofHours(1));
    Issued second = (Issued) replaced.orElseThrow();
    assertThat(keys.revoke(Actors.TEST, TENANT, second.key().id())).isTrue();
    // again, of another tenant, and without a name
    assertThat(keys.revoke(Actors.TEST, TENANT, second.key().id())).isTrue();
    assertThat(keys.revoke(Actors.TEST, STRANGER, first)).isFalse();
    assertThat(keys.issue(Actors.TEST, named(" "))).isInstanceOf(Refused.class);
    int _ = database.transaction(tx -> keys.revokeAll(Actors.TEST, tx, TENANT));

    List<AuditEntries.Entry> written = entries.take();
    assertThat(written)
        .extracting(AuditEntries.Entry::type)
        .containsExactly("apikey.issued", "apikey.rotated", "apikey.revoked", "apikey.revoked");
    assertThat(written)
        .extracting(AuditEntries.Entry::subject)
        .containsExactly(
            first.toString(), first.toString(), second.key().id().toString(), first.toString());
    assertThat(written)
        .allSatisfy(
            entry -> {
              assertThat(entry.tenantId()).contains(TENANT);
              assertThat(entry.actor()).isEqualTo("system:test");
              assertThat(entry.body()).doesNotContain(second.text());
            });
    assertThat(written.get(1).body()).contains(second.key().id().toString());
  }

  @Test
  void aRevokedKeyIsRefusedOnEveryNodeWithinASecond() throws Exception {
    ApiKeys here = node("pepper");
    ApiKeys there = node("pepper");
    for (int i = 0; i < 3; i++) {
      Issued issued = issue(here, wish());
      assertThat(there.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
      here.revoke(Actors.TEST, TENANT, issued.key().id());
      long revoked = System.nanoTime();
      while (there.verify(issued.text(), () -> HOME) instanceof KeyVerdict.Accepted) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - revoked);
      System.out.printf("revoked on the other node after %.1f ms%n", took.toNanos() / 1e6);
      // the first one may have to wait for the other node's connection
      assertThat(took).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void allKeysOfATenantGoWithTheTransactionThatRevokesThem() throws Exception {
    ApiKeys keys = node("pepper");
    List<Issued> issued = List.of(issue(keys, wish()), issue(keys, wish()));
    Issued other = issue(keys, wish(STRANGER));
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      keys.revokeAll(Actors.TEST, tx, TENANT);
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(node("pepper").verify(issued.getFirst().text(), () -> HOME))
        .isInstanceOf(KeyVerdict.Accepted.class);

    assertThat(database.<Integer>transaction(tx -> keys.revokeAll(Actors.TEST, tx, TENANT)))
        .isEqualTo(2);

    for (Issued key : issued) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!(keys.verify(key.text(), () -> HOME) instanceof KeyVerdict.Revoked)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    assertThat(keys.verify(other.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
  }

  @Test
  void aKeyIssuedInsideATransactionOfAnotherNodeWorksAtOnce() {
    ApiKeys silent = silentNode();
    Issued issued =
        (Issued)
            database.<IssueOutcome>transaction(tx -> node("pepper").issue(Actors.TEST, tx, wish()));
    assertThat(silent.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
  }

  @Test
  void strangersCannotHammerTheDatabase() {
    ApiKeys keys = silentNode();
    SecureRandom random = new SecureRandom();
    String one = KeyText.random(KeyKind.LIVE, random);
    int before = connections.get();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.verify(one, () -> HOME)).isInstanceOf(KeyVerdict.Unknown.class);
    }
    assertThat(connections).hasValue(before + 1);

    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      keys.verify(KeyText.random(KeyKind.LIVE, random), () -> HOME);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(connections.get() - before).isLessThan((int) (60 + 51 * seconds));
  }

  @Test
  void anExpiredKeyIsRefusedFromItsTimeOn() {
    ApiKeys keys = node("pepper");
    Instant end = NOW.plusSeconds(10);
    Issued issued = issue(keys, wish(Optional.of(end), List.of()));
    clock.moveTo(end.minusMillis(1));
    assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    clock.moveTo(end);
    assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Expired.class);
    assertThat(node("pepper").verify(issued.text(), () -> HOME))
        .isInstanceOf(KeyVerdict.Expired.class);
  }

  @Test
  void aKeyIsGoodFromItsNetworksOnly() {
    List<Cidr> networks = List.of(Cidr.parse("192.0.2.0/24"));
    Issued issued = issue(node("pepper"), wish(Optional.empty(), networks));
    for (ApiKeys keys : List.of(node("pepper"), silentNode())) {
      assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
      assertThat(keys.verify(issued.text(), () -> ABROAD))
          .isInstanceOf(KeyVerdict.AddressNotAllowed.class);
    }
  }

  @Test
  void aRotatedKeyStaysGoodForTheOverlapAndItsSuccessorMayDoTheSame() {
    ApiKeys keys = node("pepper");
    Issued old = issue(keys, wish());
    clock.advance(Duration.ofDays(10));
    Issued fresh =
        (Issued)
            keys.rotate(Actors.TEST, TENANT, old.key().id(), Duration.ofHours(1)).orElseThrow();

    assertThat(fresh.key())
        .usingRecursiveComparison()
        .ignoringFields("id", "prefix", "last4", "replaces", "createdAt", "expiresAt")
        .isEqualTo(old.key());
    assertThat(fresh.key().replaces()).contains(old.key().id());
    assertThat(fresh.key().expiresAt()).isEqualTo(old.key().expiresAt().plus(Duration.ofDays(10)));
    for (ApiKeys each : List.of(keys, silentNode())) {
      clock.moveTo(NOW.plus(Duration.ofDays(10)).plusSeconds(3599));
      assertThat(each.verify(old.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
      clock.advance(Duration.ofSeconds(1));
      assertThat(each.verify(old.text(), () -> HOME)).isInstanceOf(KeyVerdict.Expired.class);
      assertThat(each.verify(fresh.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    }
    assertThat(keys.rotate(Actors.TEST, TENANT, old.key().id(), Duration.ZERO)).isEmpty();
  }

  @Test
  void aKeyOfAnotherTenantIsNeverFound() {
    ApiKeys keys = node("pepper");
    Issued issued = issue(keys, wish());
    UUID id = issued.key().id();
    assertThat(keys.find(STRANGER, id)).isEmpty();
    assertThat(keys.revoke(Actors.TEST, STRANGER, id)).isFalse();
    assertThat(keys.rotate(Actors.TEST, STRANGER, id, Duration.ZERO)).isEmpty();
    assertThat(keys.list(STRANGER)).isEmpty();
    assertThat(keys.verify(issued.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    assertThat(keys.find(TENANT, id).orElseThrow().key()).isEqualTo(issued.key());
  }

  @Test
  void aTenantHasOnlySoManyLiveKeys() {
    ApiKeys keys = node("pepper");
    List<Issued> issued = List.of(issue(keys, wish()), issue(keys, wish()), issue(keys, wish()));
    assertThat(keys.issue(Actors.TEST, wish())).isEqualTo(new TooManyKeys(3));
    assertThat(keys.issue(Actors.TEST, wish(STRANGER))).isInstanceOf(Issued.class);
    assertThat(keys.rotate(Actors.TEST, TENANT, issued.get(1).key().id(), Duration.ofHours(1)))
        .get()
        .isInstanceOf(Issued.class);
    keys.revoke(Actors.TEST, TENANT, issued.get(0).key().id());
    keys.revoke(Actors.TEST, TENANT, issued.get(1).key().id());
    assertThat(keys.issue(Actors.TEST, wish())).isInstanceOf(Issued.class);
  }

  @Test
  void aTenantHasAsManyLiveKeysAsItsPlanAllowsAndASmallerPlanWithdrawsNone() {
    put(TENANT, "free"); // 2, fewer than the installation's 3
    ApiKeys keys = node("pepper");
    List<Issued> issued = new ArrayList<>(List.of(issue(keys, wish()), issue(keys, wish())));
    assertThat(keys.issue(Actors.TEST, wish())).isEqualTo(new TooManyKeys(2));
    put(TENANT, "pro");
    issued.add(issue(keys, wish()));
    put(TENANT, "free");
    assertThat(keys.issue(Actors.TEST, wish())).isEqualTo(new TooManyKeys(2));
    assertThat(issued)
        .allSatisfy(
            one ->
                assertThat(keys.verify(one.text(), () -> HOME))
                    .isInstanceOf(KeyVerdict.Accepted.class));
  }

  @Test
  void anExportHasNoDigestsAndADeletionLeavesOtherTenantsKeysAlone() {
    ApiKeys keys = node("pepper");
    Issued mine = issue(keys, wish());
    Issued other = issue(keys, wish(STRANGER));
    assertThat(keys.verify(mine.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    assertThat(keys.verify(other.text(), () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);
    assertThat(keys.list(TENANT).getFirst().lastUse()).isPresent();
    KeyData data = new KeyData();
    Map<String, List<Map<String, String>>> exported = Exported.by(data, database, TENANT);
    assertThat(exported.get("api_keys"))
        .singleElement(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("id", mine.key().id().toString())
        .doesNotContainKey("hash");
    assertThat(exported.get("api_key_uses"))
        .singleElement(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("used_from", "192.0.2.9");

    Exported.forget(data, database, TENANT);
    assertThat(Exported.by(data, database, TENANT).values()).allMatch(List::isEmpty);
    assertThat(Exported.by(data, database, STRANGER).values()).noneMatch(List::isEmpty);
    assertThat(keys.list(TENANT)).isEmpty();
    assertThat(node("pepper").verify(mine.text(), () -> HOME))
        .isInstanceOf(KeyVerdict.Unknown.class);
  }

  @Test
  void theListHasTheNewestFirstAndTellsWhenTheyWereUsed() {
    ApiKeys keys = node("pepper");
    Issued first = issue(keys, wish());
    clock.advance(Duration.ofSeconds(1));
    Issued second = issue(keys, wish());
    keys.verify(first.text(), () -> HOME);
    clock.advance(Duration.ofSeconds(59));
    keys.verify(first.text(), () -> ABROAD);
    assertThat(keys.list(TENANT))
        .containsExactly(
            new OwnedKey(second.key(), Optional.empty()),
            new OwnedKey(
                first.key(), Optional.of(new OwnedKey.Use(NOW.plusSeconds(1), "192.0.2.9"))));

    clock.advance(Duration.ofSeconds(1));
    keys.verify(first.text(), () -> ABROAD);
    assertThat(keys.find(TENANT, first.key().id()).orElseThrow().lastUse())
        .contains(new OwnedKey.Use(NOW.plusSeconds(61), "198.51.100.9"));
  }

  @Test
  void theListHasLiveKeysBeforeEndedOnes() {
    ApiKeys keys = node("pepper");
    Issued live = issue(keys, wish());
    clock.advance(Duration.ofSeconds(1));
    Issued withdrawn = issue(keys, wish());
    assertThat(keys.revoke(Actors.TEST, TENANT, withdrawn.key().id())).isTrue();
    assertThat(keys.list(TENANT))
        .extracting(owned -> owned.key().id())
        .containsExactly(live.key().id(), withdrawn.key().id());
  }

  @Test
  void aWishThatBreaksARuleIsRefusedByName() {
    ApiKeys keys = node("pepper");
    assertThat(keys.issue(Actors.TEST, named(" ")))
        .isEqualTo(new Refused("name", "must be 1 to 100 characters; it is empty"));
    assertThat(keys.issue(Actors.TEST, named("a\nb"))).extracting("field").isEqualTo("name");
    assertThat(keys.issue(Actors.TEST, scoped(KeyKind.TEST, ORDER_EXPORTS)))
        .extracting("field")
        .isEqualTo("scopes");
    assertThat(keys.issue(Actors.TEST, scoped(KeyKind.LIVE, MANAGE_KEYS)))
        .extracting("field")
        .isEqualTo("scopes");
    assertThat(keys.issue(Actors.TEST, scoped(KeyKind.LIVE)))
        .extracting("field")
        .isEqualTo("scopes");
    assertThat(keys.issue(Actors.TEST, wish(Optional.of(NOW), List.of())))
        .extracting("field")
        .isEqualTo("expires_at");
    assertThat(
            keys.issue(Actors.TEST, wish(Optional.of(NOW.plus(Duration.ofDays(366))), List.of())))
        .isEqualTo(new Refused("expires_at", "A key lives at most 365 days."));
    assertThat(keys.list(TENANT)).isEmpty();
    assertThat(issue(keys, scoped(KeyKind.TEST, READ_MEASUREMENTS, READ_USAGE)).text())
        .startsWith("ntk_test_");
    assertThat(issue(keys, scoped(KeyKind.LIVE, MANAGE_TARGETS)).key().expiresAt())
        .isEqualTo(NOW.plus(Duration.ofDays(365)));
  }

  @Test
  void theKeyItselfIsNotInTheDatabaseAndItsDigestNeedsThePepper() {
    Issued issued = issue(node("pepper"), wish());
    assertThat(node("another").verify(issued.text(), () -> HOME))
        .isInstanceOf(KeyVerdict.Unknown.class);
    String rows =
        database.run(
            connection -> {
              try (var query =
                      connection.prepareStatement(
                          "select string_agg(k::text, ' ') from platform.api_keys k");
                  var row = query.executeQuery()) {
                row.next();
                return row.getString(1);
              }
            });
    assertThat(rows).doesNotContain(issued.text().substring(14, 40));
    assertThat(issued.toString()).doesNotContain(issued.text().substring(14, 40));
  }

  @Test
  void aNewInstallationHasADemoKeyUntilSomebodyWithdrawsIt(@TempDir Path folder) throws Exception {
    ApiKeys keys = node("pepper");
    DemoKey demo = new DemoKey(keys, CONFIG, new Secrets(folder));
    demo.issue(new DatabaseReady());
    String text = Files.readString(folder.resolve(DemoKey.FILE)).strip();
    assertThat(keys.verify(text, () -> HOME)).isInstanceOf(KeyVerdict.Accepted.class);

    keys.revoke(Actors.TEST, DemoKey.TENANT, keys.list(DemoKey.TENANT).getFirst().key().id());
    demo.issue(new DatabaseReady());
    assertThat(keys.list(DemoKey.TENANT)).hasSize(1);
  }

  /** One that hears what others change. */
  private ApiKeys node(String pepper) {
    Signals signals = new Signals(database);
    ApiKeys keys = node(pepper, signals);
    signals.begin(new DatabaseReady());
    stops.add(signals::stop);
    return keys;
  }

  /** One that hears nothing. */
  private ApiKeys silentNode() {
    return node("pepper", new Signals(database));
  }

  private ApiKeys node(String pepper, Signals signals) {
    ApiKeys keys = new ApiKeys(database, signals, new KeyDigest(pepper), CONFIG, plans, clock);
    keys.load(new DatabaseReady());
    stops.add(keys::stop);
    return keys;
  }

  private void put(UUID tenantId, String plan) {
    plans.assign(Actors.TEST, tenantId, catalogue.byName(plan).orElseThrow());
  }

  private static Issued issue(ApiKeys keys, NewKey wish) {
    return (Issued) keys.issue(Actors.TEST, wish);
  }

  private static NewKey wish() {
    return wish(TENANT);
  }

  private static NewKey wish(UUID tenantId) {
    return wish(
        tenantId, "a", KeyKind.LIVE, Set.of(READ_MEASUREMENTS), Optional.empty(), List.of());
  }

  private static NewKey wish(Optional<Instant> expiresAt, List<Cidr> allowedFrom) {
    return wish(TENANT, "a", KeyKind.LIVE, Set.of(READ_MEASUREMENTS), expiresAt, allowedFrom);
  }

  private static NewKey named(String name) {
    return wish(TENANT, name, KeyKind.LIVE, Set.of(READ_MEASUREMENTS), Optional.empty(), List.of());
  }

  private static NewKey scoped(KeyKind kind, Permission... scopes) {
    return wish(TENANT, "a", kind, Set.of(scopes), Optional.empty(), List.of());
  }

  private static NewKey wish(
      UUID tenantId,
      String name,
      KeyKind kind,
      Set<Permission> scopes,
      Optional<Instant> expiresAt,
      List<Cidr> allowedFrom) {
    return new NewKey(tenantId, name, kind, scopes, expiresAt, allowedFrom);
  }
}
