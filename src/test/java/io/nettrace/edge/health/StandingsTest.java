package io.nettrace.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.Beans;
import io.nettrace.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Trouble FULL = new Trouble("its disk is full", "Make room.");

  private final MovableClock clock = new MovableClock(NOON);
  private final Standings standings = new Standings(Beans.of(), clock);

  @Test
  void whatLastsHasBegunWhenItWasSeenFirst() {
    assertThat(tell().getData()).hasValueSatisfying(has("since", NOON.toString()));
    clock.advance(Duration.ofMinutes(5));
    assertThat(tell().getData()).hasValueSatisfying(has("since", NOON.toString()));

    assertThat(tell(FULL).getData())
        .hasValueSatisfying(has("since", NOON.plusSeconds(300).toString()))
        .hasValueSatisfying(has("reason", "its disk is full"))
        .hasValueSatisfying(has("remedy", "Make room."));
    clock.advance(Duration.ofMinutes(5));
    assertThat(tell(FULL).getData())
        .hasValueSatisfying(has("since", NOON.plusSeconds(300).toString()));

    assertThat(tell().getData())
        .hasValueSatisfying(has("since", NOON.plusSeconds(600).toString()))
        .hasValueSatisfying(data -> assertThat(data).doesNotContainKeys("reason", "remedy"));
  }

  @Test
  void severalTroublesAreAllToldAndTheSameRemedyOnce() {
    assertThat(tell(FULL, new Trouble("it is slow", "Make room.")).getData())
        .hasValueSatisfying(has("reason", "its disk is full; it is slow"))
        .hasValueSatisfying(has("remedy", "Make room."));
  }

  private static java.util.function.Consumer<Map<String, Object>> has(String key, String value) {
    return data -> assertThat(data).containsEntry(key, value);
  }

  private HealthCheckResponse tell(Trouble... troubles) {
    return standings.tell(new Builder(), "spools", true, Arrays.asList(troubles));
  }

  /** The container's own is found by a service that a test has not. */
  private static final class Builder extends HealthCheckResponseBuilder {
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private boolean isUp;

    @Override
    public HealthCheckResponseBuilder name(String name) {
      names.add(name);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, String value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, long value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, boolean value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder up() {
      return status(true);
    }

    @Override
    public HealthCheckResponseBuilder down() {
      return status(false);
    }

    @Override
    public HealthCheckResponseBuilder status(boolean up) {
      isUp = up;
      return this;
    }

    @Override
    public HealthCheckResponse build() {
      return new HealthCheckResponse(
          names.getFirst(),
          isUp ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN,
          Optional.of(data));
    }
  }
}
