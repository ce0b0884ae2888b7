package io.nettrace.edge.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.plan.QuotaState;
import io.nettrace.plan.QuotaState.Moment;
import org.junit.jupiter.api.Test;

class RateLimitHeadersTest {
  @Test
  void limitsAreSaidAsTheyAreEnforced() {
    QuotaState state = new QuotaState(10_000, false, 9_312, 3_600, new Moment(20, 2, 20, 8));
    assertThat(RateLimitHeaders.policy(state))
        .isEqualTo(
            "\"burst\";q=20;w=2, \"concurrent\";q=8;qu=\"concurrent-requests\","
                + " \"daily\";q=10000;w=86400");
    assertThat(RateLimitHeaders.left(state))
        .isEqualTo("\"burst\";r=20;t=0, \"daily\";r=9312;t=3600");
  }

  @Test
  void aPlanWithoutALimitOfTheDayAnnouncesNone() {
    QuotaState state = new QuotaState(10_000, true, 0, 3_600, new Moment(20, 2, 3, 8));
    assertThat(RateLimitHeaders.policy(state)).doesNotContain("daily");
    assertThat(RateLimitHeaders.left(state)).isEqualTo("\"burst\";r=3;t=2");
  }
}
