package io.nettrace.tenant;

import io.nettrace.platform.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Statements as tests need them. */
final class Sql {
  private Sql() {}

  /** The first column as text. */
  static Database.Work<List<String>> list(String sql, Object... values) {
    return connection -> {
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
    };
  }

  static Database.Work<Integer> update(String sql, Object... values) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, values);
        return statement.executeUpdate();
      }
    };
  }

  private static void bind(PreparedStatement statement, Object... values)
      throws java.sql.SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
