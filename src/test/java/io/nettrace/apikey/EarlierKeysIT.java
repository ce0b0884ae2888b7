package io.nettrace.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.apikey.IssueOutcome.Issued;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Migrations;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys that were issued before they belonged to tenants. */
class EarlierKeysIT {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.9");

  private final Database database = SharedPostgres.freshDatabase();

  @Test
  void earlierKeysBecomeTheDemoTenantsAndGoOnWorking() {
    new Migrations(database).apply();
    Issued issued =
        (Issued)
            keys()
                .issue(
                    Actors.TEST,
                    new NewKey(
                        new UUID(1, 1),
                        "earlier",
                        KeyKind.LIVE,
                        KeyRules.allowed(KeyKind.LIVE),
                        Optional.empty(),
                        List.of()));
    backToEarlierTable();
    new Migrations(database).apply();

    ApiKeys keys = keys();
    ApiKey key = ((KeyVerdict.Accepted) keys.verify(issued.text(), () -> HOME)).key();
    assertThat(key.id()).isEqualTo(issued.key().id());
    assertThat(key.tenantId()).isEqualTo(DemoKey.TENANT);
    assertThat(key.scopes())
        .containsExactlyInAnyOrder(
            Permission.READ_MEASUREMENTS, Permission.ORDER_EXPORTS, Permission.READ_USAGE);
    assertThat(Duration.between(key.createdAt(), key.expiresAt()).toDays()).isBetween(365L, 366L);
    assertThat(keys.list(DemoKey.TENANT)).hasSize(1);
  }

  private ApiKeys keys() {
    ApiKeys keys =
        new ApiKeys(
            database,
            new Signals(database),
            new KeyDigest("pepper"),
            ApiKeyConfig.from(Settings.of(Map.of())),
            new TenantPlans(database, new Signals(database), new Plans()),
            Clock.systemUTC());
    keys.load(new DatabaseReady());
    return keys;
  }

  private void backToEarlierTable() {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(
                """
                drop table platform.api_key_uses;
                alter table platform.api_keys drop column tenant_id, drop column kind,
                  drop column scopes, drop column allowed_from, drop column created_by,
                  drop column replaces, drop column expires_at, drop column changed_at;
                delete from platform.databasechangelog where filename like 'platform/050%';
                """);
          }
        });
  }
}
