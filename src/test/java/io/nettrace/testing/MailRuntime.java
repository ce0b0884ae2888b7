package io.nettrace.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Jakarta Mail as the server has it: its libraries lie inside Payara Micro's jar, and are taken out
 * of it for the thread of a test.
 */
public final class MailRuntime implements BeforeEachCallback, AfterEachCallback {
  private static final List<String> LIBRARIES = List.of("angus-mail", "angus-activation");
  private static final ClassLoader LOADER = loader();

  @Override
  public void beforeEach(ExtensionContext context) {
    Thread.currentThread().setContextClassLoader(LOADER);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Thread.currentThread().setContextClassLoader(MailRuntime.class.getClassLoader());
  }

  private static ClassLoader loader() {
    try {
      List<URL> urls = new ArrayList<>();
      for (String library : LIBRARIES) {
        String entry = "MICRO-INF/runtime/" + library + ".jar";
        Path copy = Files.createTempFile(library, ".jar");
        copy.toFile().deleteOnExit();
        try (InputStream in = MailRuntime.class.getClassLoader().getResourceAsStream(entry)) {
          if (in == null) {
            throw new IllegalStateException("Payara Micro is not on the class path");
          }
          Files.write(copy, in.readAllBytes());
        }
        urls.add(copy.toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), MailRuntime.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
