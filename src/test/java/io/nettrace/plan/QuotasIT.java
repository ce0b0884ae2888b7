package io.nettrace.plan;

import static io.nettrace.plan.TestNodes.TENANT;
import static io.nettrace.plan.TestNodes.TODAY;
import static io.nettrace.plan.TestNodes.admitted;
import static io.nettrace.plan.TestNodes.call;
import static io.nettrace.plan.TestNodes.exhaust;
import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.plan.TestNodes.Node;
import io.nettrace.platform.Database;
import io.nettrace.tenant.Exported;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers on one PostgreSQL. */
@Timeout(180)
class QuotasIT {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final int THREADS = 6;

  private final Database database = SharedPostgres.migratedDatabase();
  private final TestNodes nodes = new TestNodes(database);
  private final Node here = nodes.start(TestPlans.PLANS);
  private final Node there = nodes.start(TestPlans.PLANS);

  @AfterEach
  void stop() {
    nodes.stop();
  }

  @ParameterizedTest
  @CsvSource({"small", "large"})
  void twoNodesUnderManyThreadsAdmitExactlyTheQuota(String plan) throws Exception {
    assign(plan);
    here.quotas().beat();
    there.quotas().beat();
    long quota = TestPlans.plan(plan).callsPerDay();

    long first = hammer();
    assertThat(first).isBetween(quota - quota / 100, quota);
    System.out.printf("%d of %d admitted before slices were given back%n", first, quota);

    nodes.pass(Duration.ofSeconds(6));
    here.quotas().flush();
    there.quotas().flush();
    long second = hammer();
    assertThat(first + second).isEqualTo(quota);

    here.quotas().flush();
    there.quotas().flush();
    assertThat(nodes.ledger(TODAY).subList(0, 2)).containsExactly(quota, quota);
    assertThat(here.quotas().admit(TENANT))
        .isEqualTo(new Admission.DailyExhausted(quota, MIDNIGHT));
  }

  @Test
  void whereThereIsNoLimitCallsAreCountedAndNobodyIsAsked() {
    assign("open");
    call(here, 30);
    call(there, 7);
    here.quotas().flush();
    there.quotas().flush();
    assertThat(nodes.ledger(TODAY)).containsExactly(37L, 37L, 0L);
    admitted(here).done(false);
    here.quotas().stop();
    assertThat(nodes.ledger(TODAY)).containsExactly(37L, 37L, 0L);
  }

  @Test
  void whatWasTakenWithoutALimitCountsOnceThereIsOne() {
    assign("open");
    call(here, 130);
    here.quotas().flush();
    assign("small");
    assertThat(here.quotas().admit(TENANT)).isEqualTo(new Admission.DailyExhausted(100, MIDNIGHT));
    assign("large");
    assertThat(exhaust(there)).isEqualTo(10_000 - 130);
  }

  @Test
  void aNodeThatDiesLosesItsSliceAtMost() {
    assign("large");
    call(here, 30);

    long rest = exhaust(there);
    assertThat(rest).isEqualTo(10_000 - 100);
  }

  @Test
  void aQuietNodeGivesItsSliceBack() {
    assign("large");
    call(here, 30);
    here.quotas().flush();
    assertThat(nodes.ledger(TODAY)).containsExactly(100L, 30L, 0L);
    nodes.pass(Duration.ofSeconds(5));
    here.quotas().flush();
    assertThat(nodes.ledger(TODAY)).containsExactly(30L, 30L, 0L);
    assertThat(exhaust(there)).isEqualTo(9_970);
  }

  @Test
  void nearTheEndANodeKeepsOnlyWhatItUses() {
    assign("large");
    call(here, 1);
    long most = 0;
    while (most < 9_500) {
      admitted(there).done(true);
      most++;
    }
    there.quotas().flush();
    call(here, 1);
    here.quotas().flush();
    call(here, 1);
    here.quotas().flush();
    assertThat(exhaust(there) + most + 3).isGreaterThan(10_000 - 5);
  }

  @Test
  void aServerThatStopsReportsAndGivesBackEverything() {
    assign("large");
    call(here, 30);
    here.quotas().stop();
    assertThat(nodes.ledger(TODAY)).containsExactly(30L, 30L, 0L);
  }

  @Test
  void aDayEndsAtMidnightAndItsLastCallsBelongToIt() {
    nodes.clock.moveTo(MIDNIGHT.minusMillis(1));
    call(here, 98);
    Ticket late = admitted(here);
    Ticket free = admitted(here);
    assertThat(here.quotas().admit(TENANT)).isEqualTo(new Admission.DailyExhausted(100, MIDNIGHT));
    assertThat(here.quotas().state(TENANT).secondsToReset()).isEqualTo(1);

    nodes.clock.moveTo(MIDNIGHT);
    call(here, 1);
    late.done(true);
    free.done(false);
    here.quotas().flush();
    assertThat(nodes.ledger(TODAY)).containsExactly(99L, 99L, 1L);
    assertThat(here.usage().today(TENANT)).isEqualTo(new UsageDay(TODAY.plusDays(1), 1, 0));
    assertThat(here.usage().days(TENANT, TODAY, TODAY.plusDays(1)))
        .containsExactly(new UsageDay(TODAY, 99, 1), new UsageDay(TODAY.plusDays(1), 1, 0));
    assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(99);
    assertThat(here.quotas().state(TENANT).secondsToReset()).isEqualTo(86_400);
  }

  @Test
  void aLargerPlanCountsAtOnceAndOnBothNodes() throws Exception {
    assertThat(exhaust(here)).isEqualTo(100);
    there.plans().assign(Actors.TEST, TENANT, TestPlans.plan("large"));
    awaitPlan(here, "large");
    assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(9_900);
    assertThat(exhaust(here)).isEqualTo(9_900);
  }

  @Test
  void aSmallerPlanCountsAtOnceAlthoughSlicesAreLeft() throws Exception {
    assign("large");
    call(here, 20);
    here.plans().assign(Actors.TEST, TENANT, TestPlans.plan("small"));
    // what the large plan's slice has left is given back at once, and is not missing in the small
    // one
    assertThat(exhaust(here)).isEqualTo(80);
  }

  @Test
  void whatIsNotModifiedOrOurFaultIsFree() {
    for (int i = 0; i < 500; i++) {
      admitted(here).done(false);
    }
    assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(100);
    assertThat(exhaust(here)).isEqualTo(100);
    here.quotas().flush();
    assertThat(nodes.ledger(TODAY).get(1)).isEqualTo(100);
  }

  @Test
  void aTicketCountsOnce() {
    Ticket ticket = admitted(here);
    ticket.done(true);
    ticket.done(true);
    ticket.done(false);
    assertThat(here.usage().today(TENANT).used()).isEqualTo(1);
    assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(99);
  }

  @Test
  void headersAndLedgerSayTheSameNumberAtEveryCall() {
    for (int i = 1; i <= 100; i++) {
      call(here, 1);
      assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(100 - i);
      if (i % 10 == 0) {
        assertThat(here.usage().today(TENANT).used()).isEqualTo(i);
        assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(100 - i);
      }
    }
    assertThat(there.quotas().state(TENANT).remaining()).isZero();
  }

  @Test
  void eachNoticeIsGivenOnceByWhicheverNode() {
    for (int i = 0; i < 50; i++) {
      call(here, 1);
      call(there, 1);
      here.quotas().flush();
      there.quotas().flush();
    }
    nodes.start(TestPlans.PLANS).quotas().admit(TENANT);
    here.quotas().admit(TENANT);
    here.quotas().flush();
    assertThat(nodes.notices())
        .containsExactly(
            new QuotaReached(TENANT, TODAY, 75, 75, 100),
            new QuotaReached(TENANT, TODAY, 90, 90, 100),
            new QuotaReached(TENANT, TODAY, 100, 100, 100));
  }

  @Test
  void anExportHasPlansDaysAndNoticesAndADeletionLeavesOtherTenantsAlone() {
    UUID stranger = new UUID(0x7000, 2);
    here.plans().assign(Actors.TEST, stranger, TestPlans.plan("large"));
    assign("small");
    call(here, 80);
    here.quotas().flush();
    PlanData data = new PlanData();
    var exported = Exported.by(data, database, TENANT);
    assertThat(exported.get("plans"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("plan", "small"));
    assertThat(exported.get("usage_days"))
        .containsExactly(Map.of("day", "2026-03-01", "used", "80", "refused", "0"));
    assertThat(exported.get("quota_notices"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("percent", "75"));

    Exported.forget(data, database, TENANT);
    assertThat(Exported.by(data, database, TENANT).values()).allMatch(List::isEmpty);
    assertThat(Exported.by(data, database, stranger).get("plans")).hasSize(1);
  }

  @Test
  void nodesThatReportAtTheSameTimeGiveEachNoticeOnce() throws Exception {
    assign("large");
    hammer();
    nodes.pass(Duration.ofSeconds(6));
    inParallel(List.of(() -> flushed(here), () -> flushed(there)));
    hammer();
    inParallel(List.of(() -> flushed(here), () -> flushed(there)));
    assertThat(nodes.notices())
        .extracting(QuotaReached::percent)
        .containsExactlyInAnyOrder(75, 90, 100);
  }

  @Test
  void anUnlimitedPlanIsMeteredAndNeverRefused() {
    assign("open");
    call(here, 20_500);
    assertThat(here.usage().today(TENANT)).isEqualTo(new UsageDay(TODAY, 20_500, 0));
    assertThat(here.quotas().state(TENANT).remaining()).isZero();
    assertThat(here.quotas().state(TENANT).unlimited()).isTrue();
    assertThat(nodes.notices()).extracting(QuotaReached::percent).containsExactly(75, 90, 100);
  }

  @Test
  void anIdleTenantTakesNoMemory() {
    call(here, 5);
    here.quotas().flush();
    nodes.pass(Duration.ofSeconds(60));
    here.quotas().flush();
    here.quotas().flush();
    assertThat(here.quotas().tenantsHeld()).isZero();
    assertThat(here.quotas().state(TENANT).remaining()).isEqualTo(95);
    assertThat(here.quotas().tenantsHeld()).isZero();
  }

  private void assign(String plan) {
    here.plans().assign(Actors.TEST, TENANT, TestPlans.plan(plan));
    awaitPlan(there, plan);
  }

  private static void awaitPlan(Node node, String plan) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!node.plans().of(TENANT).name().equals(plan)) {
      assertThat(System.nanoTime()).as("the plan was never heard of").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private long hammer() throws Exception {
    List<Callable<Long>> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      callers.add(() -> exhaust(here));
      callers.add(() -> exhaust(there));
    }
    return inParallel(callers);
  }

  private static long inParallel(List<Callable<Long>> work) throws Exception {
    long sum = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<Long> result : threads.invokeAll(work)) {
        sum += result.get();
      }
    }
    return sum;
  }

  private static long flushed(Node node) {
    node.quotas().flush();
    return 0;
  }
}
