package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.identity.IdentityKit;
import io.nettrace.identity.Role;
import io.nettrace.plan.Plans;
import io.nettrace.plan.QuotaReached;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.event.TestConsumers;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuotaLettersIT {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final TenantKit kit = new TenantKit();
  private final IdentityKit people = new IdentityKit(kit.database, Clock.systemUTC());
  private final Plans catalogue = new Plans();
  private final TenantPlans plans =
      new TenantPlans(kit.database, new Signals(kit.database), catalogue);
  private final TestConsumers events = new TestConsumers(kit.database);
  private final QuotaLetters letters =
      new QuotaLetters(
          events.consumers(),
          kit.tenants,
          plans,
          people.members(),
          UnsentMail.outbox(kit.database, Clock.systemUTC()),
          new PublicAddress(URI.create("https://nettrace.example")));
  private final Tenant tenant = kit.tenant("acme");

  @BeforeEach
  void start() {
    letters.begin(new DatabaseReady());
  }

  @AfterEach
  void stop() {
    events.close();
    kit.close();
  }

  @Test
  void ownersAndAdminsAreWrittenToAndNobodyElse() throws Exception {
    people.member(tenant.id(), "ada@example.org", Role.OWNER);
    people.member(tenant.id(), "bob@example.org", Role.ADMIN);
    for (Role role : List.of(Role.BILLING, Role.ANALYST, Role.VIEWER, Role.AUDITOR)) {
      people.member(tenant.id(), role.name().toLowerCase(Locale.ROOT) + "@example.org", role);
    }
    people.member(kit.tenant("other").id(), "eve@example.org", Role.OWNER);
    reach(new QuotaReached(tenant.id(), TODAY, 90, 91, 100));
    assertThat(outbox("recipient")).containsExactly("ada@example.org", "bob@example.org");
    assertThat(outbox("tenant_id")).containsOnly(tenant.id().toString());
    assertThat(outbox("subject")).containsOnly("NetTrace: 90 % of today's calls are used (acme)");
    assertThat(outbox("body"))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("used 91 of the 100 calls", "2026-03-01", "429 until midnight")
                    .contains("https://nettrace.example/pricing"));
  }

  @Test
  void aTenantThatIsRefusedNothingIsNotThreatenedWithIt() throws Exception {
    people.member(tenant.id(), "ada@example.org", Role.OWNER);
    plans.assign(Actors.TEST, tenant.id(), catalogue.byName("enterprise").orElseThrow());
    reach(new QuotaReached(tenant.id(), TODAY, 100, 2_000_001, 2_000_000));
    assertThat(outbox("body"))
        .singleElement()
        .asString()
        .contains("Nothing is refused")
        .doesNotContain("429");
  }

  @Test
  void aTenantWithoutPeopleOrThatIsGoneIsWrittenNothing() throws Exception {
    reach(new QuotaReached(tenant.id(), TODAY, 75, 75, 100));
    events.publish(new QuotaReached(UUID.randomUUID(), TODAY, 75, 75, 100));
    events.awaitTaken();
    assertThat(outbox("subject")).isEmpty();
  }

  @Test
  void theLetterIsWrittenThoughTheNodeEndedRightAfterTheNotice() throws Exception {
    people.member(tenant.id(), "ada@example.org", Role.OWNER);
    events.publish(new QuotaReached(tenant.id(), TODAY, 90, 91, 100));
    events.close();
    assertThat(outbox("recipient")).isEmpty();

    try (TestConsumers next = new TestConsumers(kit.database)) {
      new QuotaLetters(
              next.consumers(),
              kit.tenants,
              plans,
              people.members(),
              UnsentMail.outbox(kit.database, Clock.systemUTC()),
              new PublicAddress(URI.create("https://nettrace.example")))
          .begin(new DatabaseReady());
      next.start();
      next.awaitTaken();
    }

    assertThat(outbox("recipient")).containsExactly("ada@example.org");
  }

  /** The letters of a notice are written when this returns. */
  private void reach(QuotaReached reached) throws InterruptedException {
    events.publish(reached);
    events.start();
    events.awaitTaken();
  }

  private List<String> outbox(String column) {
    return kit.database.run(
        connection ->
            Sql.of("select " + column + " from platform.outbox_mails order by recipient")
                .all(connection, row -> row.getString(1)));
  }
}
