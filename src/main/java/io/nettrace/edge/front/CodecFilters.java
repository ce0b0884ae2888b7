package io.nettrace.edge.front;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Puts a {@link CodecFilter} into each of the server's listeners at the start. Where the server is
 * not as expected, the application serves without, and says so once.
 */
@WebListener
public class CodecFilters implements ServletContextListener {
  private static final Logger LOG = System.getLogger(CodecFilters.class.getName());

  private final ServerListeners listeners;

  @Inject
  CodecFilters(ServerListeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      listeners.install(event.getServletContext());
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the server's listeners are not as expected; malformed addresses are left to it: {0}",
          e.toString());
    }
  }
}
