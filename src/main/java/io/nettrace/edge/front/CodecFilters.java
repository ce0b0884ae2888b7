package io.nettrace.edge.front;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Puts a {@link CodecFilter} into each of the server's listeners at the start, and hands the doors
 * to the program that started the server. Where the server is not as expected, the application
 * serves without, and says so once.
 */
@WebListener
public class CodecFilters implements ServletContextListener {
  private static final Logger LOG = System.getLogger(CodecFilters.class.getName());

  private final ServerListeners listeners;

  @Inject
  CodecFilters(ServerListeners listeners) {
    this.listeners = listeners;
  }

  /** The server may be told to start the application a second time. */
  private void handOver() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName(DoorsMXBean.NAME);
    if (beans.isRegistered(name)) {
      beans.unregisterMBean(name);
    }
    beans.registerMBean(listeners, name);
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      handOver();
      listeners.install(event.getServletContext());
    } catch (JMException | ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the server's listeners are not as expected; malformed addresses are left to it: {0}",
          e.toString());
    }
  }
}
