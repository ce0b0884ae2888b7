package io.nettrace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.logging.LogManager;

/** What is said on the console, by this process and by Payara inside it; times are UTC. */
final class Logging {
  private Logging() {}

  /** Configures this JVM and returns the file from which Payara takes the same settings. */
  static Path configure(Path data) throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    byte[] properties = properties();
    LogManager.getLogManager().readConfiguration(new java.io.ByteArrayInputStream(properties));
    return Files.write(data.resolve("logging.properties"), properties);
  }

  private static byte[] properties() {
    try (InputStream in = Logging.class.getResourceAsStream("logging.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build packed no logging.properties");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
