package io.nettrace.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.MovableClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampledLogTest {
  private final List<String> lines = new ArrayList<>();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T10:00:00Z"));

  @Test
  void aThousandOfAKindAreOneLineAndTheNextSaysHowManyWereLeftOut() {
    SampledLog log = new SampledLog(new Kept(), Level.INFO, Duration.ofSeconds(10), clock);
    for (int i = 0; i < 1_000; i++) {
      log.log("broken", "request " + i);
    }
    log.log("other", "something else");
    clock.advance(Duration.ofSeconds(10));
    log.log("broken", "the last");
    assertThat(lines)
        .containsExactly("request 0", "something else", "the last (and 999 more like it)");
  }

  private final class Kept implements Logger {
    @Override
    public String getName() {
      return "kept";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      lines.add(format);
    }
  }
}
