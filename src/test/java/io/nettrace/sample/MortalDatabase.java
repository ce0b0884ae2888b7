package io.nettrace.sample;

import io.nettrace.platform.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database whose client dies after a number of steps: what it had begun is cut off. */
final class MortalDatabase {
  private static final Set<String> STEPS =
      Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "unwrap", "commit");

  private final DataSource real;
  private final AtomicInteger left;

  private MortalDatabase(DataSource real, int steps) {
    this.real = real;
    this.left = new AtomicInteger(steps);
  }

  static Database dyingAfter(int steps, DataSource real) {
    MortalDatabase mortal = new MortalDatabase(real, steps);
    DataSource source = proxy(DataSource.class, mortal::source);
    return new Database(() -> source);
  }

  private Object source(Object proxy, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    Connection connection = real.getConnection();
    return proxy(Connection.class, dying(connection, connection));
  }

  private InvocationHandler dying(Object object, Connection connection) {
    return (_, method, arguments) -> {
      if (STEPS.contains(method.getName()) && left.getAndDecrement() <= 0) {
        connection.abort(Runnable::run);
        throw new SQLException("killed", "57P01");
      }
      try {
        Object result = method.invoke(object, arguments);
        return switch (result) {
          case PreparedStatement statement ->
              proxy(PreparedStatement.class, dying(statement, connection));
          case Statement statement -> proxy(Statement.class, dying(statement, connection));
          case null, default -> result;
        };
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            MortalDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
