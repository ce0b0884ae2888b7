package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private final DataSource pool = proxy(DataSource.class, proxy(Connection.class, false));
  private final Database database = new Database(() -> pool);

  /** The container's proxies wrap what a driver's own methods throw. */
  @Test
  void aLostConnectionIsOneHoweverDeepTheContainerWrapsIt() {
    SQLException lost = new SQLException("terminating connection", "57P01");
    assertThatThrownBy(
            () ->
                database.run(
                    _ -> {
                      throw new UndeclaredThrowableException(new InvocationTargetException(lost));
                    }))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasCause(lost);
  }

  @Test
  void whatIsNoFailureOfTheDatabaseStaysWhatItIs() {
    UndeclaredThrowableException other = new UndeclaredThrowableException(new Exception("other"));
    assertThatThrownBy(
            () ->
                database.run(
                    _ -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  private static <T> T proxy(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> answer));
  }
}
