package io.nettrace.edge.front;

import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Service;
import io.nettrace.platform.secret.KeyStoreFile;
import io.nettrace.platform.secret.UnusableKeyException;
import io.nettrace.platform.web.WebConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches the certificate's file, and has the TLS listeners made new when it was replaced by one
 * that can be used. Connections are refused for a moment then; a proxy in front renews without.
 */
@Service
public class CertificateWatch {
  private static final Logger LOG = System.getLogger(CertificateWatch.class.getName());
  private static final int EVERY_SECONDS = 30;
  private static final FileTime NEVER = FileTime.fromMillis(0);

  private final WebConfig config;
  private final Path copy;
  private final ServerListeners listeners;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-certificate").factory());
  private FileTime seen = NEVER;

  @Inject
  CertificateWatch(WebConfig config, PlatformConfig platform, ServerListeners listeners) {
    this.config = config;
    this.copy = platform.data().resolve("payara").resolve("tls.p12");
    this.listeners = listeners;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
    if (config.tlsFile().isEmpty()) {
      return;
    }
    seen = changed();
    var _ =
        watch.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    FileTime now = changed();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      KeyStoreFile _ =
          KeyStoreFile.of(Path.of(config.tlsFile().orElseThrow()), config.tlsPassword(), copy);
      listeners.renewTls();
      LOG.log(Level.INFO, "The certificate was replaced; new connections get the new one");
    } catch (UnusableKeyException e) {
      LOG.log(
          Level.WARNING,
          "The certificate was replaced by one that cannot be used, so the old one is kept: {0}",
          e.getMessage());
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      seen = NEVER; // a listener may be closed by now, so it is tried again
      LOG.log(
          Level.WARNING,
          "The certificate was replaced, but cannot be taken over; the next try is in "
              + EVERY_SECONDS
              + " seconds",
          e);
    }
  }

  /** When the file changed last; of a file that is just being replaced, when it was seen last. */
  private FileTime changed() {
    try {
      return Files.getLastModifiedTime(Path.of(config.tlsFile().orElseThrow()));
    } catch (IOException e) {
      return seen;
    }
  }

  @PreDestroy
  void stop() {
    watch.shutdownNow();
  }
}
