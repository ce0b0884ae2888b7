package io.nettrace.edge.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.desk.Horizon;
import io.nettrace.edge.portal.AddressParameters;
import io.nettrace.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Plans PLANS = new Plans();
  private static final Horizon PRO = new Horizon(PLANS.byName("pro").orElseThrow(), PLANS, NOW);

  private final AddressParameters parameters = new AddressParameters();

  @Test
  void aUsualRangeEndsNow() {
    assertThat(Span.of("7d", null, null, PRO, parameters))
        .isEqualTo(new Span("7d", NOW.minus(Duration.ofDays(7)), NOW));
    assertThat(parameters.getNotices()).isEmpty();
  }

  @Test
  void whatThePlanDoesNotReachAndWhatIsNoRangeIsADay() {
    Span day = new Span("24h", NOW.minus(Duration.ofDays(1)), NOW);
    assertThat(Span.of("90d", null, null, PRO, parameters)).isEqualTo(day);
    assertThat(Span.of("<script>", "yesterday", "2026", PRO, parameters)).isEqualTo(day);
    assertThat(Span.of(null, "2026-11-26T10:00:00Z", "2026-11-26T09:00:00Z", PRO, parameters))
        .isEqualTo(day);
    assertThat(parameters.getNotices())
        .anyMatch(one -> one.startsWith("Range “90d” is further back than your plan shows"))
        .anyMatch(one -> one.startsWith("Range “<script>” is not known"))
        .anyMatch(one -> one.startsWith("Start “yesterday” is not known"))
        .anyMatch(one -> one.startsWith("End “2026” is not known"))
        .anyMatch(one -> one.contains("is not a minute behind the start"));
  }

  @Test
  void aStartWithoutAnEndIsTold() {
    assertThat(Span.of("7d", "2026-11-26T09:00:00Z", null, PRO, parameters).word()).isEqualTo("7d");
    assertThat(parameters.getNotices()).singleElement().asString().contains("Start", "is alone");
  }

  @Test
  void aZoomedRangeIsCutToThePlanAndToNow() {
    assertThat(Span.of(null, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", PRO, parameters))
        .isEqualTo(new Span("", NOW.minus(Duration.ofDays(30)), NOW));
    assertThat(parameters.getNotices())
        .anyMatch(one -> one.contains("what is shown begins at 2026-10-27T10:00:00Z"))
        .anyMatch(one -> one.contains("is still to come"));
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
