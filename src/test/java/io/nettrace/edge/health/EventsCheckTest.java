package io.nettrace.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.event.ConsumerState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsCheckTest {
  @Test
  void aConsumerThatFailsOrGaveUpIsTroubleWithARemedy() {
    List<Trouble> troubles =
        EventsCheck.troubles(
            List.of(state("fine", 0, 0), state("stuck", 3, 0), state("careless", 0, 2)));

    assertThat(troubles).hasSize(2);
    assertThat(troubles.getFirst().toString())
        .contains("stuck failed 3 times")
        .doesNotContain("no such table");
    assertThat(troubles.getLast().toString())
        .contains(
            "careless gave up 2 events", "/operator/v1/event-consumers/careless/dead-letters");
  }

  private static ConsumerState state(String name, int failures, long dead) {
    return new ConsumerState(
        name,
        Optional.empty(),
        failures,
        failures == 0 ? Optional.empty() : Optional.of("no such table"),
        Optional.empty(),
        dead);
  }
}
