package io.nettrace.testing;

import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Prepares what arquillian.xml wants to know, before Arquillian reads it: a database, a free port,
 * a folder. Only in integration tests, which know where the server's archive is.
 */
public final class ServerSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("payara.microJar") != null && System.getProperty("it.db.url") == null) {
      System.setProperty("it.db.url", SharedPostgres.freshOwnedUrl());
      System.setProperty("it.port", Integer.toString(FreePort.next()));
      System.setProperty(
          "it.data",
          Path.of("target", "it-data-" + ProcessHandle.current().pid())
              .toAbsolutePath()
              .toString());
    }
  }
}
