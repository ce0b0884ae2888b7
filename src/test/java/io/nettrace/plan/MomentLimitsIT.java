package io.nettrace.plan;

import static io.nettrace.plan.TestNodes.TENANT;
import static io.nettrace.plan.TestNodes.admitted;
import static io.nettrace.plan.TestNodes.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.plan.TestNodes.Node;
import io.nettrace.testing.SharedPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits of a moment, with the shipped Free plan: 2 a second, 10 in a burst, 2 at once. */
class MomentLimitsIT {
  private final TestNodes nodes = new TestNodes(SharedPostgres.migratedDatabase());
  private final Plans plans = new Plans();
  private final Node here = nodes.start(plans);

  @AfterEach
  void stop() {
    nodes.stop();
  }

  @Test
  void whoCallsTooFastIsToldHowLongToWait() {
    call(here, 10);
    Admission refusal = here.quotas().admit(TENANT);
    assertThat(refusal).isInstanceOf(Admission.TooFast.class);
    long wait = ((Admission.TooFast) refusal).retryAfterMillis();
    assertThat(wait).isBetween(500L, 501L);
    nodes.pass(Duration.ofMillis(wait));
    call(here, 1);
    assertThat(here.quotas().admit(TENANT)).isInstanceOf(Admission.TooFast.class);
    assertThat(here.usage().today(TENANT)).isEqualTo(new UsageDay(TestNodes.TODAY, 11, 2));
  }

  @Test
  void onlySoManyAreAnsweredAtOnce() {
    List<Ticket> tickets = List.of(admitted(here), admitted(here));
    assertThat(here.quotas().admit(TENANT)).isEqualTo(new Admission.TooManyAtOnce(2));
    tickets.getFirst().done(false);
    tickets.getFirst().done(false);
    assertThat(here.quotas().admit(TENANT)).isInstanceOf(Admission.Admitted.class);
    assertThat(here.quotas().admit(TENANT)).isEqualTo(new Admission.TooManyAtOnce(2));
  }

  @Test
  void livingNodesShareTheBurst() {
    Node there = nodes.start(plans);
    here.quotas().beat();
    there.quotas().beat();
    here.quotas().beat();
    call(here, 5);
    assertThat(here.quotas().admit(TENANT)).isInstanceOf(Admission.TooFast.class);
    call(there, 5);
    assertThat(there.quotas().admit(TENANT)).isInstanceOf(Admission.TooFast.class);

    there.quotas().stop();
    here.quotas().beat();
    nodes.pass(Duration.ofSeconds(60));
    call(here, 10);
    assertThat(here.quotas().admit(TENANT)).isInstanceOf(Admission.TooFast.class);
  }

  @Test
  void eachNodeAnnouncesTheBurstThatItEnforces() {
    Node there = nodes.start(plans);
    here.quotas().beat();
    there.quotas().beat();
    here.quotas().beat();
    call(here, 2);
    QuotaState.Moment moment = here.quotas().state(TENANT).moment();
    assertThat(moment).isEqualTo(new QuotaState.Moment(5, 5, 3, 1));
    call(here, 3);
    assertThat(here.quotas().state(TENANT).moment().left()).isZero();
    assertThat(here.quotas().admit(TENANT)).isInstanceOf(Admission.TooFast.class);
    nodes.pass(Duration.ofSeconds(moment.seconds()));
    call(here, 5);
  }

  @Test
  void limitsOfAMomentAreTheSharesOfThePlan() {
    QuotaState state = here.quotas().state(TENANT);
    assertThat(state)
        .isEqualTo(new QuotaState(100, false, 100, 43_200, new QuotaState.Moment(10, 5, 10, 2)));
  }
}
