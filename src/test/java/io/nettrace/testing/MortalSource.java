package io.nettrace.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections of a node that dies before one of its steps, as after kill -9: PostgreSQL sees them
 * break off, and nothing that the node still does reaches it. A step is a statement that is about
 * to be sent, a commit that is about to be sent ({@link #COMMIT}), or one that was just done
 * ({@link #COMMITTED}). Only the thread that made the source counts.
 */
public final class MortalSource implements DataSource {
  public static final String COMMIT = "commit";
  public static final String COMMITTED = "committed";

  private final DataSource real;
  private final Thread thread = Thread.currentThread();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private Death death = (_, _) -> false;
  private int steps;
  private volatile boolean isDead;

  /** When it is over: asked before each step, which are counted from 0. */
  @FunctionalInterface
  public interface Death {
    boolean isNow(int step, String what);
  }

  /** The node is gone; nobody of it goes on. */
  public static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  public MortalSource(DataSource real) {
    this.real = real;
  }

  /**
   * Lives on, with that end before it, and does {@code work}.
   *
   * @return whether it died of it
   */
  public boolean dies(Death how, Runnable work) {
    death = how;
    steps = 0;
    isDead = false;
    try {
      work.run();
      return false;
    } catch (Died e) {
      return true;
    } finally {
      death = (_, _) -> false;
    }
  }

  /** How many steps that takes: connections, statements and commits. */
  public int steps(Runnable work) {
    boolean _ = dies((_, _) -> false, work);
    return steps;
  }

  private void step(String what) throws SQLException {
    if (isDead) {
      throw new SQLException("the node is dead", "08006");
    }
    if (Thread.currentThread() != thread) {
      return;
    }
    if (death.isNow(steps, what)) {
      isDead = true;
      for (Connection connection : open) {
        connection.abort(Runnable::run);
      }
      open.clear();
      throw new Died();
    }
    steps++;
  }

  @Override
  public Connection getConnection() throws SQLException {
    step("connect");
    Connection connection = real.getConnection();
    open.add(connection);
    return proxy(
        Connection.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "close" -> {
                open.remove(connection);
                yield call(connection, method, arguments);
              }
              case "commit" -> {
                step(COMMIT);
                Object result = call(connection, method, arguments);
                step(COMMITTED);
                yield result;
              }
              case "createStatement", "prepareStatement", "prepareCall" ->
                  statement(method, call(connection, method, arguments), arguments);
              default -> call(connection, method, arguments);
            });
  }

  private Object statement(Method maker, Object statement, Object[] sql) {
    Class<?> type = maker.getReturnType();
    return proxy(
        type,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            step(String.valueOf(type == Statement.class ? arguments[0] : sql[0]));
          }
          return call(statement, method, arguments);
        });
  }

  @FunctionalInterface
  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            MortalSource.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> handler.handle(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return real.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    real.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    real.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return real.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
