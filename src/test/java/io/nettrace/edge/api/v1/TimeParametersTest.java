package io.nettrace.edge.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.desk.DeniedException;
import io.nettrace.desk.Horizon;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.ReadsKit;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.plan.Plans;
import io.nettrace.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeParametersTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant DAY_AGO = NOW.minus(Duration.ofDays(1));
  private static final Duration WEEK = Duration.ofDays(7);

  private final Plans plans = new Plans();

  @Test
  void aTimeThatIsNamedAndOlderThanThePlanIsRefusedWithThePlanThatShowsIt() {
    for (String older : new String[] {"start=2026-05-20T00:00:00Z", "end=2026-05-20T00:00:00Z"}) {
      assertThatThrownBy(() -> horizon("free").range(query(older), WEEK))
          .as(older)
          .satisfies(
              thrown -> {
                Problem problem = ReadsKit.problem(thrown);
                assertThat(problem.status()).isEqualTo(403);
                assertThat(problem.type()).endsWith("history-beyond-plan");
                assertThat(problem.detail()).contains("24 hours", "13 days", "(Pro)");
              });
    }
    assertThatThrownBy(() -> horizon("free").asOf(query("as_of=2026-05-20T00:00:00Z")))
        .isInstanceOf(DeniedException.class);
    assertThatThrownBy(() -> horizon("pro").time(query("at=2026-04-01T00:00:00Z"), "at"))
        .isInstanceOf(DeniedException.class);
  }

  @Test
  void aRangeThatEndsInTheFutureIsRefusedUnlessAClockIsALittleFast() {
    assertThatThrownBy(() -> horizon("pro").range(query("end=2099-01-01T00:00:00Z"), WEEK))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal ->
                assertThat(refusal.problem().detail()).contains("end", "future", "2026-06-01"));
    Instant soon = NOW.plusSeconds(60);
    assertThat(horizon("pro").range(query("end=" + soon), WEEK).end()).isEqualTo(soon);
  }

  @Test
  void aLargerPlanIsShownWhatASmallerOneIsRefused() {
    QueryParameters query = query("start=2026-05-20T00:00:00Z");
    assertThat(horizon("pro").range(query, WEEK).start())
        .isEqualTo(Instant.parse("2026-05-20T00:00:00Z"));
    assertThat(horizon("enterprise").time(query("at=2026-04-01T00:00:00Z"), "at")).isPresent();
  }

  @Test
  void aRangeThatIsOnlyAssumedEndsAtThePlansHistory() {
    assertThat(horizon("free").range(query(""), WEEK)).isEqualTo(new Range(DAY_AGO, NOW));
    assertThat(horizon("pro").range(query(""), WEEK)).isEqualTo(new Range(NOW.minus(WEEK), NOW));
    Instant noon = NOW.minus(Duration.ofHours(12));
    assertThat(horizon("free").range(query("end=" + noon), WEEK))
        .isEqualTo(new Range(DAY_AGO, noon));
  }

  @Test
  void aDayAgoIsADayAgoAlsoWhenTheRequestTookAWhile() {
    Instant asked = DAY_AGO.minusSeconds(30);
    assertThat(horizon("free").range(query("start=" + asked), WEEK).start()).isEqualTo(asked);
  }

  @Test
  void aPageThatGoesOnIsShownForAsLongAsItsCursorIsGoodAndNoLonger() {
    Instant start = DAY_AGO.minus(Duration.ofHours(20));
    assertThat(horizon("free").resumed(start, NOW).start()).isEqualTo(start);
    Instant ofLargerPlan = NOW.minus(Duration.ofDays(300));
    assertThat(horizon("free").resumed(ofLargerPlan, NOW).start())
        .isAfter(NOW.minus(Duration.ofDays(3)));
    Range gone = horizon("free").resumed(ofLargerPlan, ofLargerPlan.plus(WEEK));
    assertThat(gone.length()).isZero();
  }

  @Test
  void aPollerThatWasAwayLongerThanItsPlanShowsGoesOnWithWhatIsShown() {
    assertThat(horizon("free").notBefore(NOW.minusSeconds(60))).isEqualTo(NOW.minusSeconds(60));
    assertThat(horizon("free").notBefore(NOW.minus(WEEK)))
        .isBetween(DAY_AGO.minus(Duration.ofMinutes(5)), DAY_AGO);
  }

  private TimeParameters horizon(String plan) {
    return new TimeParameters(new Horizon(plans.byName(plan).orElseThrow(), plans, NOW));
  }

  private static QueryParameters query(String text) {
    return OwnTargetsIT.query(text);
  }
}
