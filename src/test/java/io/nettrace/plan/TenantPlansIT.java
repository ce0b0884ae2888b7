package io.nettrace.plan;

import static io.nettrace.plan.TestNodes.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.plan.TestNodes.Node;
import io.nettrace.platform.Database;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TenantPlansIT {
  private final Database database = SharedPostgres.migratedDatabase();
  private final TestNodes nodes = new TestNodes(database);
  private final Plans plans = new Plans();
  private final Node here = nodes.start(plans);
  private final Node there = nodes.start(plans);

  @AfterEach
  void stop() {
    nodes.stop();
  }

  @Test
  void whoHasNoPlanIsOnTheFirst() {
    assertThat(here.plans().of(TENANT)).isEqualTo(plans.first());
    assertThat(here.plans().history(TENANT)).isEmpty();
  }

  @Test
  void aChangeIsSeenHereAtOnceAndThereWithinASecondAndAfterARestart() {
    for (String name : new String[] {"pro", "enterprise", "free"}) {
      here.plans().assign(Actors.TEST, TENANT, plan(name));
      long assigned = System.nanoTime();
      assertThat(here.plans().of(TENANT)).isEqualTo(plan(name));
      awaitThere(name);
      Duration took = Duration.ofNanos(System.nanoTime() - assigned);
      System.out.printf(
          "the plan was seen on the other node after %.1f ms%n", took.toNanos() / 1e6);
      assertThat(took).isLessThan(Duration.ofSeconds(1));
      assertThat(nodes.start(plans).plans().of(TENANT)).isEqualTo(plan(name));
    }
    assertThat(here.plans().history(TENANT))
        .extracting(PlanChange::plan)
        .containsExactly("free", "enterprise", "pro");
    assertThat(here.plans().history(TENANT))
        .extracting(PlanChange::setBy)
        .containsOnly("system:test");
  }

  @Test
  void aChangeTakesPartInItsCallersTransaction() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      here.plans().assign(Actors.TEST, tx, TENANT, plan("government"));
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    database.transaction(
        tx -> {
          here.plans().assign(Actors.TEST, tx, TENANT, plan("pro"));
          return true;
        });
    awaitThere("pro");
    assertThat(here.plans().history(TENANT)).extracting(PlanChange::plan).containsExactly("pro");
  }

  private void awaitThere(String name) {
    while (!there.plans().of(TENANT).name().equals(name)) {
      Thread.onSpinWait();
    }
  }

  private Plan plan(String name) {
    return plans.byName(name).orElseThrow();
  }
}
