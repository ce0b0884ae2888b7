package io.nettrace.platform.log;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Warnings of the server and of libraries, which tell the same thing for every request and every
 * connection while something lasts: one of a kind in a while, with how many were left out. What the
 * server's pool of connections says while the database is away, in keys for texts that it does not
 * find and with a trace each, is one kind and one sentence.
 */
final class Repetitions {
  private static final Duration ONE_LINE_IN = Duration.ofMinutes(1);
  private static final int MOST_KINDS = 200;

  /** Loggers of the server's pools of connections. */
  private static final List<String> POOLS =
      List.of("jakarta.enterprise.resource", "javax.enterprise.resource");

  /** Classes of SQL states: no connection, shutting down, out of slots. */
  private static final List<String> OUTAGES = List.of("08", "57P", "53300");

  private static final SimpleFormatter TEXT = new SimpleFormatter();

  private final Map<String, Told> kinds = new LinkedHashMap<>();

  private record Told(Instant at, long leftOut) {}

  /** Whether it is told; it is put into words, with the number of those that were not. */
  synchronized boolean isTold(LogRecord event) {
    String logger = Objects.toString(event.getLoggerName(), "");
    boolean isOfPool = POOLS.stream().anyMatch(logger::startsWith) || isOutage(event.getThrown());
    String kind =
        isOfPool
            ? POOLS.getFirst()
            : logger + " " + event.getMessage() + " " + failure(event.getThrown());
    Told last = kinds.remove(kind);
    if (last != null && last.at().plus(ONE_LINE_IN).isAfter(event.getInstant())) {
      kinds.put(kind, new Told(last.at(), last.leftOut() + 1));
      return false;
    }
    kinds.put(kind, new Told(event.getInstant(), 0)); // the newest stands last
    if (kinds.size() > MOST_KINDS) {
      kinds.remove(kinds.keySet().iterator().next());
    }
    if (isOfPool) {
      reword(event, "The database gives the server no connection: " + reason(event));
      event.setThrown(null);
    }
    if (last != null && last.leftOut() > 0) {
      reword(event, TEXT.formatMessage(event) + " (and " + last.leftOut() + " more like it)");
    }
    return true;
  }

  private static String failure(@Nullable Throwable thrown) {
    return thrown == null ? "" : thrown.getClass().getName();
  }

  /** Whether a library tells that it has no connection, wrapped as it likes. */
  private static boolean isOutage(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e
          && (e instanceof SQLTransientConnectionException
              || OUTAGES.stream().anyMatch(Objects.toString(e.getSQLState(), "")::startsWith))) {
        return true;
      }
    }
    return false;
  }

  /** The innermost, which the outer ones only wrap; else what stands beside the key. */
  private static String reason(LogRecord event) {
    Optional<Throwable> thrown =
        Stream.concat(Stream.ofNullable(event.getThrown()), parameters(event))
            .filter(Throwable.class::isInstance)
            .map(Throwable.class::cast)
            .findFirst();
    if (thrown.isEmpty()) {
      return parameters(event).map(String::valueOf).reduce((_, last) -> last).orElse("unknown");
    }
    Throwable innermost = thrown.get();
    for (Throwable cause = innermost; cause != null; cause = cause.getCause()) {
      innermost = cause;
    }
    return Objects.requireNonNullElse(innermost.getMessage(), innermost.toString());
  }

  private static Stream<Object> parameters(LogRecord event) {
    return Stream.ofNullable(event.getParameters()).flatMap(Stream::of);
  }

  private static void reword(LogRecord event, String text) {
    event.setResourceBundle(null);
    event.setParameters(null);
    event.setMessage(text);
  }
}
