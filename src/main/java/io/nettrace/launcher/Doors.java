package io.nettrace.launcher;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The application's hold on the server's listeners. It runs in this JVM behind class loaders of its
 * own, so it is asked through JMX.
 */
final class Doors {
  private static final String NAME = "io.nettrace:type=Doors";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  /** Opens one listener; from then on the application answers there. */
  void open(String listener) throws StartFailure {
    try {
      beans.invoke(
          new ObjectName(NAME),
          "open",
          new Object[] {listener},
          new String[] {String.class.getName()});
    } catch (JMException | RuntimeException e) {
      throw new StartFailure(
          "The web server's listener " + listener + " cannot be opened: " + e, e);
    }
  }

  /** Has every request refused, where the application came far enough for that. */
  void close() {
    try {
      ObjectName name = new ObjectName(NAME);
      if (beans.isRegistered(name)) {
        beans.invoke(name, "close", new Object[0], new String[0]);
      }
    } catch (JMException | RuntimeException e) {
      // it stops all the same
    }
  }
}
