package io.nettrace.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its values, to be run on somebody's connection. Values are bound, never pasted
 * in: instants, enums (by name) and optionals (empty is null) as well as all that JDBC itself
 * takes.
 */
public final class Sql {
  private final String text;
  private final Object[] values;

  /** What a row says. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Sql(String text, Object[] values) {
    this.text = text;
    this.values = values;
  }

  public static Sql of(String text, Object... values) {
    return new Sql(text, values);
  }

  /** Runs it and tells how many rows it touched. */
  public int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  /** Whether there is a row. */
  public boolean any(Connection connection) throws SQLException {
    return first(connection, _ -> true).orElse(false);
  }

  public <T> Optional<T> first(Connection connection, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    }
  }

  public <T> List<T> all(Connection connection, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet row = statement.executeQuery()) {
      return all(row, reader);
    }
  }

  private static <T> List<T> all(ResultSet row, Row<T> reader) throws SQLException {
    List<T> all = new ArrayList<>();
    while (row.next()) {
      all.add(reader.read(row));
    }
    return all;
  }

  /**
   * The rows of this, run after a query whose rows nobody wants. Both go to the database in one
   * round trip; where each statement stands for itself they are one transaction.
   */
  public <T> List<T> allAfter(Sql before, Connection connection, Row<T> reader)
      throws SQLException {
    Object[] both = Stream.concat(Arrays.stream(before.values), Arrays.stream(values)).toArray();
    try (PreparedStatement statement =
        new Sql(before.text + ";\n" + text, both).prepare(connection)) {
      boolean _ = statement.execute();
      if (!statement.getMoreResults()) {
        throw new IllegalArgumentException("the statement has no rows: " + text);
      }
      try (ResultSet row = statement.getResultSet()) {
        return all(row, reader);
      }
    }
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, bindable(values[i]));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static @Nullable Object bindable(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> bindable(optional.orElse(null));
      case Instant time -> Columns.utc(time);
      case Enum<?> constant -> constant.name();
      case null, default -> value;
    };
  }
}
