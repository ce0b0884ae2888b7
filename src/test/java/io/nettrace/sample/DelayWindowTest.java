package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DelayWindowTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  @Test
  void theCourseOfTheHourEndsWithTheNewestBurst() {
    DelayWindow window = new DelayWindow();
    window.add(NOW.minus(Duration.ofMinutes(59)), 10, 10, new long[] {30, 30, 30});
    window.add(NOW.minus(Duration.ofMinutes(1)), 10, 1, new long[] {10});
    window.add(NOW.minus(Duration.ofSeconds(90)), 10, 2, new long[] {20, 40});
    window.add(NOW.minus(Duration.ofMinutes(5)), 10, 0, new long[0]);
    window.add(NOW, 10, 1, new long[] {50});
    List<Stretch> course = window.summary().orElseThrow().course();
    assertThat(course).hasSize(Stretch.COUNT);
    assertThat(course.getFirst()).isEqualTo(new Stretch(10, 10, OptionalLong.of(30)));
    assertThat(course.getLast()).isEqualTo(new Stretch(30, 4, OptionalLong.of(20)));
    assertThat(course.get(27)).isEqualTo(new Stretch(10, 0, OptionalLong.empty()));
    assertThat(course.get(10)).isEqualTo(new Stretch(0, 0, OptionalLong.empty()));
  }
}
