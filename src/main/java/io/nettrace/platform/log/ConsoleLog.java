package io.nettrace.platform.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.TimeZone;
import java.util.logging.LogManager;

/** The console of this process. */
public final class ConsoleLog {
  private ConsoleLog() {}

  /** Makes this JVM print one line an event, in UTC: NetTrace's own, and others' warnings. */
  public static void configure() throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(properties()));
  }

  /** The same as a file of java.util.logging, for a program that configures itself. */
  public static byte[] properties() {
    try (InputStream in = ConsoleLog.class.getResourceAsStream("logging.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build packed no logging.properties");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
