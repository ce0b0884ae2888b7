package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.apikey.ApiKeyBeans;
import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.IssueOutcome;
import io.nettrace.apikey.KeyKind;
import io.nettrace.apikey.NewKey;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Targets;
import io.nettrace.export.Compression;
import io.nettrace.export.ExportBeans;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Exports;
import io.nettrace.export.Format;
import io.nettrace.export.OrderOutcome;
import io.nettrace.identity.Account;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.IdentityBeans;
import io.nettrace.identity.IdentityKit;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.InviteOutcome;
import io.nettrace.identity.Members;
import io.nettrace.identity.PasswordContext;
import io.nettrace.identity.PasswordHash;
import io.nettrace.identity.Permission;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.PreparedPassword;
import io.nettrace.identity.Role;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.MortalSource;
import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.Wired;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is listed takes as many statements for many rows as for one. */
class StatementsPerUseCaseIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int MANY = 12;

  @TempDir private Path folder;
  private TenantKit kit;
  private MortalSource source;
  private Wired wired;
  private Tenant tenant;

  @BeforeEach
  void begin() {
    String url = SharedPostgres.migratedOwnedUrl();
    source = new MortalSource(TenantKit.source(url));
    kit = new TenantKit(url, source, Map.of(), CLOCK);
    wired =
        new Wired(
            List.of(IdentityBeans.class, ApiKeyBeans.class, ExportBeans.class),
            kit.database,
            kit.tenants,
            CLOCK,
            Settings.of(Map.of()),
            new Secrets(folder),
            new PublicAddress(URI.create("https://nettrace.example")),
            UnsentMail.outbox(kit.database, CLOCK),
            IdentityKit.cheapPasswords(),
            new RecordKit(kit.database, kit.walls, RecordKit.NO_ROUTES).history());
    tenant = kit.tenant("acme");
    wired
        .get(TenantPlans.class)
        .assign(
            Actors.TEST,
            tenant.id(),
            wired.get(Plans.class).byName("enterprise-pro").orElseThrow());
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void listsTakeNoStatementForEachRow() {
    addOne(0);
    Map<String, Integer> one = steps();
    for (int i = 1; i < MANY; i++) {
      addOne(i);
    }
    assertThat(steps()).isEqualTo(one);
    assertThat(one.values()).allSatisfy(steps -> assertThat(steps).isLessThan(5));
  }

  /** By use case; what was opened or mapped at first use is not counted. */
  private Map<String, Integer> steps() {
    Map<String, Runnable> cases = new LinkedHashMap<>();
    UUID id = tenant.id();
    cases.put("members", () -> wired.get(Members.class).list(id));
    cases.put("invitations", () -> wired.get(Invitations.class).list(id));
    cases.put("keys", () -> wired.get(ApiKeys.class).list(id));
    cases.put("exports", () -> wired.get(Exports.class).list(id, Optional.empty(), MANY));
    Map<String, Integer> steps = new LinkedHashMap<>();
    cases.forEach(
        (name, use) -> {
          use.run();
          steps.put(name, source.steps(use));
        });
    return steps;
  }

  private void addOne(int number) {
    EmailAddress email = new EmailAddress("person-%d@example.com".formatted(number));
    boolean added =
        kit.database.transaction(
            tx -> {
              Account person =
                  wired
                      .get(Accounts.class)
                      .create(Actors.TEST, tx, email, new PersonName("Person"), hash(email), true)
                      .orElseThrow();
              return wired
                  .get(Members.class)
                  .add(Actors.TEST, tx, tenant.id(), person.id(), Role.VIEWER);
            });
    assertThat(added).isTrue();
    assertThat(
            wired
                .get(Invitations.class)
                .inviteForOperator(
                    Actors.TEST,
                    tenant.id(),
                    "Acme",
                    new EmailAddress("guest-%d@example.com".formatted(number)),
                    Role.VIEWER))
        .isInstanceOf(InviteOutcome.Invited.class);
    assertThat(
            wired
                .get(ApiKeys.class)
                .issue(
                    Actors.TEST,
                    new NewKey(
                        tenant.id(),
                        "key",
                        KeyKind.LIVE,
                        Set.of(Permission.READ_MEASUREMENTS),
                        Optional.empty(),
                        List.of())))
        .isInstanceOf(IssueOutcome.Issued.class);
    assertThat(wired.get(Exports.class).order(Actors.TEST, order()))
        .isInstanceOf(OrderOutcome.Accepted.class);
  }

  private static PasswordHash hash(EmailAddress email) {
    PasswordContext context = new PasswordContext(email, List.of(), false);
    PreparedPassword password =
        IdentityKit.cheapPasswords().prepare("a lantern over wet slate", context);
    return ((PreparedPassword.Ready) password).hash();
  }

  private ExportOrder order() {
    Instant end = CLOCK.instant();
    List<ExportOrder.Item> targets =
        new Targets(Optional.empty()).all().stream().limit(3).map(target -> item(target)).toList();
    return new ExportOrder(
        tenant,
        targets,
        RecordKit.LAB.name(),
        true,
        end.minus(Duration.ofHours(1)),
        end,
        end,
        Format.CSV,
        Compression.NONE);
  }

  private static ExportOrder.Item item(Target target) {
    return new ExportOrder.Item(RecordOf.CATALOGUE, target.id(), target.host());
  }
}
