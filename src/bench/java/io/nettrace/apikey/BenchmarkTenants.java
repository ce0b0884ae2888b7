package io.nettrace.apikey;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.testing.Actors;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Active tenants with a plan and a real key each, put into the database before the server starts.
 * They have no schema of their own: their plans include no targets of their own.
 */
public final class BenchmarkTenants {
  /** To be the server's setting nettrace.apikey.pepper. */
  public static final String PEPPER = "0123456789abcdef0123456789abcdef";

  private static final String INSERT =
      """
      insert into platform.tenants (id, slug, skeleton, name, kind, state, state_since, created_at)
      values (:id, :slug, :skeleton, :name, 'CUSTOMER', 'ACTIVE', :state_since, :created_at)
      """;

  private BenchmarkTenants() {}

  /** Returns their keys. */
  public static List<String> create(Database database, String prefix, int count, String planName) {
    Plans catalogue = new Plans();
    Plan plan = catalogue.byName(planName).orElseThrow();
    TenantPlans plans = new TenantPlans(database, new Signals(database), catalogue);
    ApiKeys keys =
        new ApiKeys(
            database,
            new Signals(database),
            new KeyDigest(PEPPER),
            ApiKeyConfig.from(Settings.of(Map.of())),
            plans,
            Clock.systemUTC());
    return database.transaction(
        tx -> {
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            String slug = prefix + "-" + i;
            Instant now = Instant.now();
            Sql.of(INSERT)
                .bind("id", id)
                .bind("slug", slug)
                .bind("skeleton", slug)
                .bind("name", slug)
                .bind("state_since", now)
                .bind("created_at", now)
                .update(tx.connection());
            plans.assign(Actors.TEST, tx, id, plan);
            texts.add(((IssueOutcome.Issued) keys.issue(Actors.TEST, tx, wish(id))).text());
          }
          return texts;
        });
  }

  private static NewKey wish(UUID tenantId) {
    return new NewKey(
        tenantId,
        "benchmark",
        KeyKind.LIVE,
        Set.of(Permission.READ_MEASUREMENTS),
        Optional.empty(),
        List.of());
  }
}
