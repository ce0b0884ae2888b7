package io.nettrace.platform.log;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * What reaches the console: everything of NetTrace's own, and others' warnings, of each kind one in
 * a while. A level alone does not do it, because the server sets levels of its own after it has
 * read ours. Once a start was refused, others have nothing to add to the reason.
 */
public final class WorthTelling implements Filter {
  private static final String OWN = "io.nettrace";

  private final Repetitions repetitions = new Repetitions();

  @Override
  public boolean isLoggable(LogRecord event) {
    String logger = event.getLoggerName();
    if (logger != null && logger.startsWith(OWN)) {
      return true;
    }
    return event.getLevel().intValue() >= Level.WARNING.intValue()
        && StartRefusal.reason().isEmpty()
        && repetitions.isTold(event);
  }
}
