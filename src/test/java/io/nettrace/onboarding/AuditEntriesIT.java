package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.apikey.ApiKeyBeans;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.catalog.WatchListOutcome;
import io.nettrace.catalog.WatchLists;
import io.nettrace.export.Compression;
import io.nettrace.export.ExportBeans;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Exports;
import io.nettrace.export.Format;
import io.nettrace.export.OrderOutcome;
import io.nettrace.identity.IdentityBeans;
import io.nettrace.identity.IdentityKit;
import io.nettrace.identity.Visitor;
import io.nettrace.metric.Protocol;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantData;
import io.nettrace.tenant.TenantDeletion;
import io.nettrace.tenant.TenantEvents;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.TenantKit;
import io.nettrace.tenant.TenantSettings;
import io.nettrace.tenant.Tenants;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.AuditEntries.Line;
import io.nettrace.testing.Beans;
import io.nettrace.testing.Wired;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to tenants and what is theirs is kept with who did it; refusals leave nothing. */
@Timeout(120)
class AuditEntriesIT {
  private static final String PASSWORD = "a lantern over wet slate";
  private static final Pattern TOKEN = Pattern.compile("#([A-Za-z0-9_-]{43})");
  private static final Actor KEY = new Actor.Key(new UUID(1, 2));
  private static final String BY_KEY = KEY.text();

  private final TenantKit kit = new TenantKit();
  private final TargetKit own = new TargetKit(kit);
  private final AuditEntries entries = new AuditEntries(kit.database);
  private final Wired wired;

  AuditEntriesIT(@TempDir Path folder) {
    wired =
        new Wired(
            List.of(IdentityBeans.class, ApiKeyBeans.class, ExportBeans.class),
            kit.database,
            kit.tenants,
            kit.schemas,
            Clock.systemUTC(),
            Settings.of(Map.of()),
            new Secrets(folder),
            new PublicAddress(URI.create("https://nettrace.example")),
            UnsentMail.outbox(kit.database, Clock.systemUTC()),
            IdentityKit.cheapPasswords(),
            Beans.<TenantData>of(new TenantEvents()),
            own.targets(),
            new RecordKit(kit.database, kit.walls, RecordKit.NO_ROUTES).history());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void theLifeOfATenant() {
    Tenants tenants = kit.tenants;
    UUID id = UUID.randomUUID();
    Tenant _ = tenants.ensure(KEY, id, "acme", "Acme", TenantKind.CUSTOMER);
    Tenant _ = tenants.ensure(KEY, id, "acme", "Acme", TenantKind.CUSTOMER); // is there
    tenants.rename(KEY, id, "Acme Limited");
    tenants.rename(KEY, id, "Acme Limited"); // is called so
    assertThat(tenants.pastDue(KEY, id)).isTrue();
    assertThat(tenants.suspend(KEY, id)).isTrue();
    assertThat(tenants.suspend(KEY, id)).isFalse();
    assertThat(tenants.resume(KEY, id)).isTrue();
    assertThat(tenants.isolate(KEY, id)).isPresent();
    assertThat(tenants.isolate(KEY, id)).isPresent(); // is isolated
    TenantSettings settings = wired.get(TenantSettings.class);
    AllowedOrigins.Good origins = new AllowedOrigins.Good(List.of("https://a.example"));
    assertThat(settings.put(KEY, id, Optional.empty(), origins, OptionalInt.of(0), "x"))
        .isPresent();
    assertThat(settings.put(KEY, id, Optional.empty(), origins, OptionalInt.of(0), "x"))
        .as("another change was faster")
        .isEmpty();
    assertThat(tenants.delete(KEY, id)).isPresent();
    assertThat(tenants.restore(KEY, id)).isTrue();
    assertThat(tenants.delete(KEY, id)).isPresent();

    List<AuditEntries.Entry> written = entries.take();
    assertThat(written)
        .extracting(AuditEntries.Entry::type)
        .containsExactly(
            "tenant.created",
            "tenant.renamed",
            "tenant.marked-past-due",
            "tenant.suspended",
            "tenant.resumed",
            "tenant.isolated",
            "tenant.settings-changed",
            "tenant.deletion-scheduled",
            "tenant.restored",
            "tenant.deletion-scheduled");
    assertThat(written).extracting(AuditEntries.Entry::subject).containsOnly(id.toString());
    assertThat(written)
        .allSatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo(BY_KEY);
              assertThat(entry.tenantId()).contains(id);
            });
    assertThat(written.get(1).body()).isEqualTo("{}");
    assertThat(written.get(4).body()).isEqualTo("{\"before\": \"SUSPENDED\"}");
  }

  @Test
  void ofADeletedTenantStaysThatItWasDeleted() {
    UUID id = kit.tenant("acme").id();
    assertThat(kit.tenants.delete(KEY, id)).isPresent();
    assertThat(wired.get(TenantDeletion.class).delete(new Actor.Operator(), id)).isTrue();

    assertThat(entries.lines())
        .containsExactly(new Line("tenant.deleted", Optional.empty(), id.toString(), "operator"));
  }

  @Test
  void whatATenantHasMeasured() {
    Tenant acme = kit.tenant("acme");
    CustomTargets targets = wired.get(CustomTargets.class);
    WatchLists lists = own.watchLists();
    int _ = entries.take().size();

    TargetOutcome made = targets.create(KEY, acme, TargetKit.AMPLE, draft(60), "x");
    String target = ((TargetOutcome.Saved) made).target().id();
    TargetOutcome _ = targets.create(KEY, acme, TargetKit.AMPLE, draft(60), "x"); // a duplicate
    TargetOutcome _ = targets.replace(KEY, acme, TargetKit.AMPLE, target, 1, draft(120));
    TargetOutcome _ = targets.replace(KEY, acme, TargetKit.AMPLE, target, 1, draft(60)); // stale
    WatchListOutcome listed = lists.create(KEY, acme, "mine", List.of(target));
    UUID list = ((WatchListOutcome.Saved) listed).list().id();
    WatchListOutcome _ = lists.replace(KEY, acme, list, 1, "ours", List.of("nyse"));
    WatchListOutcome _ = lists.replace(KEY, acme, list, 1, "ours", List.of("nyse")); // stale
    WatchListOutcome _ = lists.remove(KEY, acme, list, OptionalInt.empty());
    WatchListOutcome _ = lists.remove(KEY, acme, list, OptionalInt.empty()); // gone
    TargetOutcome _ = targets.remove(KEY, acme, target, OptionalInt.empty());

    assertThat(entries.lines())
        .containsExactly(
            of(acme, "target.added", target, BY_KEY),
            of(acme, "target.changed", target, BY_KEY),
            of(acme, "watchlist.created", list.toString(), BY_KEY),
            of(acme, "watchlist.changed", list.toString(), BY_KEY),
            of(acme, "watchlist.removed", list.toString(), BY_KEY),
            of(acme, "target.removed", target, BY_KEY));
  }

  @Test
  void whatATenantOrders() {
    Tenant acme = kit.tenant("acme");
    Exports exports = wired.get(Exports.class);
    int _ = entries.take().size();

    OrderOutcome outcome = exports.order(KEY, order(acme));
    UUID export = ((OrderOutcome.Accepted) outcome).export().id();
    assertThat(exports.cancel(KEY, acme.id(), export)).isTrue();
    assertThat(exports.cancel(KEY, acme.id(), export)).as("again").isTrue();
    assertThat(exports.cancel(KEY, acme.id(), UUID.randomUUID())).isFalse();

    assertThat(entries.lines())
        .containsExactly(
            of(acme, "export.ordered", export.toString(), BY_KEY),
            of(acme, "export.cancelled", export.toString(), BY_KEY));
  }

  @Test
  void whatIsDeclared() throws Exception {
    byte[] file =
        """
        {"slug": "acme", "name": "Acme", "plan": "%s",
         "members": [{"email": "ann@acme.example", "role": "owner"}],
         "custom_targets": [{"host": "www.example.com", "port": 443, "name": "a target"}]}
        """
            .formatted(wired.get(Plans.class).byName("enterprise-pro").orElseThrow().name())
            .getBytes(StandardCharsets.UTF_8);
    Declarations declarations = wired.get(Declarations.class);
    declarations.apply(Actors.TEST, "file", file, true);
    assertThat(entries.take()).as("only said").isEmpty();
    declarations.apply(Actors.TEST, "file", file, false);

    List<AuditEntries.Entry> written = entries.take();
    assertThat(written)
        .filteredOn(entry -> entry.actor().equals("system:test"))
        .extracting(AuditEntries.Entry::type)
        .containsExactly("tenant.created", "tenant.plan-changed", "member.invited", "target.added");
    assertThat(written)
        .filteredOn(entry -> !entry.actor().equals("system:test"))
        .extracting(AuditEntries.Entry::type, AuditEntries.Entry::actor)
        .containsOnly(org.assertj.core.api.Assertions.tuple("tenant.isolated", "system:plan"));
    assertThat(written).allSatisfy(entry -> assertThat(entry.body()).doesNotContain("@"));
    declarations.apply(Actors.TEST, "file", file, false);
    assertThat(entries.take()).as("as it is").isEmpty();
  }

  @Test
  void aSignUpIsItsOwnersOnceThereIsAnAccount() {
    SignUps signUps = wired.get(SignUps.class);
    Visitor visitor = new Visitor("192.0.2.1", "a test");
    SignUp wish = new SignUp("ann@acme.example", PASSWORD, "Ann", "Acme", "acme");
    assertThat(signUps.begin(wish, visitor)).isInstanceOf(SignUpOutcome.LetterSent.class);
    String token = token();
    assertThat(signUps.confirm(token, "another one, and wrong", visitor))
        .isInstanceOf(ConfirmOutcome.WrongPassword.class);
    ConfirmOutcome.Confirmed confirmed =
        (ConfirmOutcome.Confirmed) signUps.confirm(token, PASSWORD, visitor);
    Tenant acme = confirmed.tenant();
    UUID ann = confirmed.key().createdBy().orElseThrow();

    List<AuditEntries.Entry> written = entries.take();
    assertThat(written)
        .extracting(e -> new Line(e.type(), e.tenantId(), e.subject(), e.actor()))
        .containsExactly(
            of(acme, "tenant.reserved", acme.id().toString(), "system:sign-up"),
            of(acme, "tenant.activated", acme.id().toString(), "system:sign-up"),
            new Line("account.created", Optional.empty(), ann.toString(), "system:sign-up"),
            of(acme, "member.added", ann.toString(), "person:" + ann),
            of(acme, "apikey.issued", confirmed.key().id().toString(), "person:" + ann));
    assertThat(written)
        .allSatisfy(
            entry ->
                assertThat(entry.body()).doesNotContain("@", PASSWORD, token, confirmed.keyText()));
  }

  private static Line of(Tenant tenant, String type, String subject, String actor) {
    return new Line(type, Optional.of(tenant.id()), subject, actor);
  }

  private static TargetDraft draft(int seconds) {
    return new TargetDraft(
        "www.example.com",
        443,
        List.of(Protocol.UDP),
        "a target",
        List.of(),
        Duration.ofSeconds(seconds),
        false);
  }

  private static ExportOrder order(Tenant tenant) {
    Instant end = Instant.parse("2026-03-01T12:00:00Z");
    return new ExportOrder(
        tenant,
        List.of(new ExportOrder.Item(RecordOf.CATALOGUE, "nyse", "www.nyse.com")),
        RecordKit.LAB.name(),
        true,
        end.minus(Duration.ofHours(1)),
        end,
        end,
        Format.CSV,
        Compression.NONE);
  }

  private String token() {
    String letter =
        kit.database.run(
            connection ->
                Sql.of("select body from platform.outbox_mails")
                    .first(connection, row -> row.getString("body"))
                    .orElseThrow());
    Matcher matcher = TOKEN.matcher(letter);
    assertThat(matcher.find()).as(letter).isTrue();
    return matcher.group(1);
  }
}
