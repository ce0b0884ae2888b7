package io.nettrace.scanner.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.OwnFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  private final List<OwnFault> told = new ArrayList<>();
  private final ResolverWatch watch = new ResolverWatch(told::add);

  @Test
  void anAnswerThatIsStillValidEndsNoFault() {
    watch.answered(NOW.minusSeconds(30), NOW);
    fail(NOW);
    watch.answered(NOW.minusSeconds(30), NOW.plusSeconds(5));
    assertThat(told).hasSize(1);
    watch.answered(NOW.plusSeconds(6), NOW.plusSeconds(6));
    assertThat(told).hasSize(2);
    assertThat(told.getLast().endedAt()).isPresent();
  }

  @Test
  void aFaultEndsWithTheNextAnswerThoughTheClockWasSetBackMeanwhile() {
    watch.answered(NOW, NOW);
    fail(NOW);
    Instant back = NOW.minus(Duration.ofHours(3));
    watch.answered(back, back);
    assertThat(told).hasSize(2);
    assertThat(told.getLast().endedAt()).contains(told.getFirst().beganAt());
    watch.unanswered("d", back);
    watch.answered(back.plusSeconds(1), back.plusSeconds(1));
    watch.unanswered("e", back.plusSeconds(2));
    watch.unanswered("f", back.plusSeconds(3));
    assertThat(told).as("failures with answers between them").hasSize(2);
  }

  private void fail(Instant at) {
    for (String target : List.of("a", "b", "c")) {
      watch.unanswered(target, at);
    }
  }
}
