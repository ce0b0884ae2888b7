package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements as tests need them, by themselves or in a transaction. */
final class Sql {
  private Sql() {}

  /** The first column as text. */
  static Work<List<String>> list(String sql, Object... values) {
    return new Work<>() {
      @Override
      public List<String> run(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
          bind(query, values);
          List<String> found = new ArrayList<>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              found.add(row.getString(1));
            }
          }
          return found;
        }
      }
    };
  }

  static Work<Integer> update(String sql, Object... values) {
    return new Work<>() {
      @Override
      public Integer run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          bind(statement, values);
          return statement.executeUpdate();
        }
      }
    };
  }

  /** For both ways of running a statement. */
  abstract static class Work<T> implements Database.Work<T>, Tx.Work<T> {
    @Override
    public final T run(Tx tx) throws SQLException {
      return run(tx.connection());
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
