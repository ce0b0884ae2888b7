package io.nettrace.edge.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.OwnFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnmeasuredTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Span HOUR = new Span("1h", NOW.minus(Duration.ofHours(1)), NOW);

  @Test
  void faultsOfTheLineWithinTheRangeAreShownOnceAndNotBeyondIt() {
    List<Unmeasured> all =
        Unmeasured.within(
            HOUR,
            List.of(
                fault(OwnFault.Kind.LINE, 10, Optional.empty()),
                fault(OwnFault.Kind.LINE, 90, Optional.of(50)),
                fault(OwnFault.Kind.LINE, 10, Optional.empty()),
                fault(OwnFault.Kind.RESOLVER, 30, Optional.of(20)),
                fault(OwnFault.Kind.LINE, 90, Optional.of(70))),
            NOW);
    assertThat(all)
        .containsExactly(
            new Unmeasured(HOUR.start(), NOW.minus(Duration.ofMinutes(50)), false),
            new Unmeasured(NOW.minus(Duration.ofMinutes(10)), NOW, true));
    assertThat(Unmeasured.seconds(all).getLast())
        .containsExactly((double) NOW.getEpochSecond() - 600, (double) NOW.getEpochSecond());
  }

  private static OwnFault fault(OwnFault.Kind kind, int minutesAgo, Optional<Integer> endedAgo) {
    return new OwnFault(
        kind,
        NOW.minus(Duration.ofMinutes(minutesAgo)),
        endedAgo.map(minutes -> NOW.minus(Duration.ofMinutes(minutes))),
        100,
        OwnFault.NO_ANSWER);
  }
}
