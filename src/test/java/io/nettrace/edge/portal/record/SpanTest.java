package io.nettrace.edge.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Plan PRO = new Plans().byName("pro").orElseThrow();

  @Test
  void aUsualRangeEndsNow() {
    assertThat(Span.of("7d", null, null, PRO, NOW))
        .isEqualTo(new Span("7d", NOW.minus(Duration.ofDays(7)), NOW));
  }

  @Test
  void whatThePlanDoesNotReachAndWhatIsNoRangeIsADay() {
    Span day = new Span("24h", NOW.minus(Duration.ofDays(1)), NOW);
    assertThat(Span.of("90d", null, null, PRO, NOW)).isEqualTo(day);
    assertThat(Span.of("<script>", "yesterday", "2026", PRO, NOW)).isEqualTo(day);
    assertThat(Span.of(null, "2026-11-26T10:00:00Z", "2026-11-26T09:00:00Z", PRO, NOW))
        .isEqualTo(day);
  }

  @Test
  void aZoomedRangeIsCutToThePlanAndToNow() {
    assertThat(Span.of(null, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", PRO, NOW))
        .isEqualTo(new Span("", NOW.minus(Duration.ofDays(30)), NOW));
  }

  @Test
  void aTimeWithoutAZoneIsUtc() {
    assertThat(Span.time("2026-11-26T10:00:00")).contains(NOW);
    assertThat(Span.time("2026-11-26T11:00:00+01:00")).contains(NOW);
    assertThat(Span.time("noon")).isEmpty();
  }

  @Test
  void thereAreNeverMorePointsThanCanBeDrawn() {
    for (Span.Usual usual : Span.USUAL) {
      Span span = new Span(usual.word(), NOW.minus(usual.length()), NOW);
      assertThat(usual.length().dividedBy(span.step())).as(usual.word()).isBetween(40L, 500L);
    }
  }
}
