package io.nettrace.sample;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool of one connection that is never closed, as the server's pool keeps its own. */
final class KeptConnection {
  private KeptConnection() {}

  static DataSource of(DataSource source) {
    Connection kept;
    try {
      kept = source.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Connection open = proxy(Connection.class, kept);
    return (DataSource)
        Proxy.newProxyInstance(
            KeptConnection.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> open);
  }

  private static <T> T proxy(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            KeptConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
