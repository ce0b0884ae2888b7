package io.nettrace.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class WorthTellingTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final String POOL = "jakarta.enterprise.resource.resourceadapter.pool";

  private final WorthTelling filter = new WorthTelling();
  private final List<String> told = new ArrayList<>();

  @Test
  void allOfOurOwnIsToldAndOfOthersWarningsOnly() {
    log("io.nettrace.scan.Intake", Level.INFO, "one", Duration.ZERO);
    log("io.nettrace.scan.Intake", Level.INFO, "one", Duration.ZERO);
    log("org.example.Library", Level.INFO, "two", Duration.ZERO);
    log("org.example.Library", Level.WARNING, "three", Duration.ZERO);

    assertThat(told).containsExactly("one", "one", "three");
  }

  @Test
  void othersSayTheSameOnceAMinuteAndHowOften() {
    for (int second = 0; second < 130; second++) {
      log("org.example.Library", Level.WARNING, "it failed", Duration.ofSeconds(second));
    }
    log("org.example.Library", Level.WARNING, "another thing failed", Duration.ofSeconds(131));

    assertThat(told)
        .containsExactly(
            "it failed",
            "it failed (and 59 more like it)",
            "it failed (and 59 more like it)",
            "another thing failed");
  }

  @Test
  void anOutageOfTheDatabaseIsOneSentenceWithoutTraceInWordsThatAreNoKeys() {
    Exception away =
        new IllegalStateException("wrapped", new ConnectException("Connection refused"));
    for (int i = 0; i < 400; i++) {
      LogRecord event = new LogRecord(Level.WARNING, "poolmgr.create_resource_error");
      event.setParameters(new Object[] {"jdbc/nettrace"});
      event.setThrown(away);
      log(event, POOL + i % 3, Duration.ofMillis(i));
      log(POOL, Level.SEVERE, "poolmgr.unexpected_exception", Duration.ofMillis(i));
    }

    LogRecord chores = new LogRecord(Level.SEVERE, "Unhandled exception");
    chores.setThrown(
        new IllegalStateException(
            new SQLException("refused", "08001", new ConnectException("Connection refused"))));
    log(chores, "com.example.Scheduler", Duration.ofSeconds(2));

    assertThat(told)
        .containsExactly("The database gives the server no connection: Connection refused");
  }

  @Test
  void aFaultOfAStatementKeepsItsTrace() {
    LogRecord event = new LogRecord(Level.SEVERE, "Unhandled exception");
    event.setThrown(new IllegalStateException(new SQLException("no such table", "42P01")));
    log(event, "com.example.Scheduler", Duration.ZERO);

    assertThat(told).containsExactly("Unhandled exception");
    assertThat(event.getThrown()).isNotNull();
  }

  private void log(String logger, Level level, String message, Duration after) {
    log(new LogRecord(level, message), logger, after);
  }

  private void log(LogRecord event, String logger, Duration after) {
    event.setLoggerName(logger);
    event.setInstant(NOON.plus(after));
    if (filter.isLoggable(event)) {
      told.add(new SimpleFormatter().formatMessage(event));
      assertThat(event.getLoggerName().startsWith(POOL) && event.getThrown() != null)
          .as("a trace")
          .isFalse();
    }
  }
}
