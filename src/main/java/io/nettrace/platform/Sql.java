package io.nettrace.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * A statement with named parameters and their values, to be run on a connection: {@code
 * Sql.of("select … where id = :id").bind("id", id).first(connection, reader)}. Values are bound,
 * never pasted in: instants, enums (by name) and optionals (empty is null) as well as all that JDBC
 * itself takes. It does not change: a constant can be bound again and again.
 */
public final class Sql {
  private static final Object UNBOUND = new Object();

  /** The driver's prepare threshold for results in binary from the first execution on. */
  private static final int BINARY_AT_ONCE = -1;

  private final SqlText text;
  private final Object[] values;

  /** What a row says. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes row after row. */
  @FunctionalInterface
  public interface Rows {
    void row(ResultSet row) throws SQLException;
  }

  private record Elements(String type, List<?> values) {
    /** The driver tells bytes from an array of numbers by the array's own type. */
    Object[] toArray() {
      boolean areBytes = values.stream().anyMatch(byte[].class::isInstance);
      return areBytes ? values.toArray(byte[][]::new) : values.toArray();
    }
  }

  private Sql(SqlText text, Object[] values) {
    this.text = text;
    this.values = values;
  }

  /** A statement whose parameters are named, such as {@code :tenant}, and not bound yet. */
  public static Sql of(String text) {
    SqlText parsed = SqlText.of(text);
    Object[] values = new Object[parsed.names().size()];
    Arrays.fill(values, UNBOUND);
    return new Sql(parsed, values);
  }

  /** The same with this value wherever the name stands. */
  public Sql bind(String name, @Nullable Object value) {
    Object[] bound = values.clone();
    boolean isThere = false;
    for (int i = 0; i < bound.length; i++) {
      if (text.names().get(i).equals(name)) {
        bound[i] = value;
        isThere = true;
      }
    }
    if (!isThere) {
      throw new IllegalArgumentException("there is no :" + name + " in " + text.jdbc());
    }
    return new Sql(text, bound);
  }

  /**
   * The same with an array.
   *
   * @param type of its elements, as PostgreSQL calls it
   */
  public Sql bindArray(String name, String type, Collection<?> elements) {
    return bind(name, new Elements(type, elements.stream().map(Sql::bindable).toList()));
  }

  /** Runs a statement with many values at once; all are made of the same text. */
  public static void batch(Connection connection, List<Sql> all) throws SQLException {
    if (all.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(all.getFirst().text.jdbc())) {
      for (Sql one : all) {
        if (!one.text.equals(all.getFirst().text)) {
          throw new IllegalArgumentException("another statement: " + one.text.jdbc());
        }
        one.bindTo(statement);
        statement.addBatch();
      }
      int[] _ = statement.executeBatch();
    }
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

  /** Hands over row by row. */
  public void each(Connection connection, Rows reader) throws SQLException {
    each(connection, 0, reader);
  }

  /** Hands over row by row, of which the server sends a few at a time within a transaction. */
  public void each(Connection connection, int rowsAtOnce, Rows reader) throws SQLException {
    boolean _ =
        whole(
            connection,
            rowsAtOnce,
            row -> {
              while (row.next()) {
                reader.row(row);
              }
              return true;
            });
  }

  /** Hands over all rows at once, before the first, as {@link #each} gets them. */
  public <T> T whole(Connection connection, int rowsAtOnce, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      statement.setFetchSize(rowsAtOnce);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.read(rows);
      }
    }
  }

  /** Hands over row by row, which come in binary also when the statement is new: for long bytes. */
  public void eachInBinary(Connection connection, Rows reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.row(row);
        }
      }
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
    try (PreparedStatement statement = after(before).prepare(connection)) {
      boolean _ = statement.execute();
      if (!statement.getMoreResults()) {
        throw new IllegalArgumentException("the statement has no rows: " + text.jdbc());
      }
      try (ResultSet row = statement.getResultSet()) {
        return all(row, reader);
      }
    }
  }

  private Sql after(Sql before) {
    return new Sql(
        new SqlText(
            before.text.jdbc() + ";\n" + text.jdbc(),
            Stream.concat(before.text.names().stream(), text.names().stream()).toList()),
        Stream.concat(Arrays.stream(before.values), Arrays.stream(values)).toArray());
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text.jdbc());
    try {
      bindTo(statement);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void bindTo(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == UNBOUND) {
        throw new IllegalStateException(
            ":" + text.names().get(i) + " has no value in " + text.jdbc());
      }
      if (value instanceof Elements array) {
        statement.setArray(
            i + 1, statement.getConnection().createArrayOf(array.type, array.toArray()));
      } else {
        statement.setObject(i + 1, bindable(value));
      }
    }
  }

  private static @Nullable Object bindable(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> bindable(optional.orElse(null));
      case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
      case OptionalDouble number -> number.isPresent() ? number.getAsDouble() : null;
      case Instant time -> Columns.utc(time);
      case Enum<?> constant -> constant.name();
      case null, default -> value;
    };
  }
}
