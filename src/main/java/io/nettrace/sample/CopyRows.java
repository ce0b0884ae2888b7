package io.nettrace.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows in the text format of PostgreSQL's COPY, and their way into a table. */
final class CopyRows {
  private static final String NULL = "\\N";

  private final StringBuilder text = new StringBuilder(4096);
  private boolean atStart = true;

  CopyRows add(@Nullable Object value) {
    if (!atStart) {
      text.append('\t');
    }
    atStart = false;
    text.append(value == null ? NULL : form(value));
    return this;
  }

  CopyRows add(OptionalLong value) {
    return add(value.isPresent() ? value.getAsLong() : null);
  }

  CopyRows end() {
    text.append('\n');
    atStart = true;
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Writes all rows; {@code columns} names those that were added, in their order. */
  void into(Connection connection, String table, String columns) throws SQLException {
    if (isEmpty()) {
      return;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy %s (%s) from stdin".formatted(table, columns), new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new SQLException("rows could not be copied into " + table, "08006", e);
    }
  }

  private static String form(Object value) {
    return switch (value) {
      case InetAddress address -> address(address);
      case Instant time -> time.truncatedTo(ChronoUnit.MICROS).toString();
      case byte[] bytes -> "\\\\x" + HexFormat.of().formatHex(bytes);
      case Collection<?> all ->
          all.stream().map(CopyRows::form).collect(Collectors.joining(",", "{", "}"));
      default -> escaped(value.toString());
    };
  }

  /** Without a scope, which names an interface of another machine. */
  private static String address(InetAddress address) {
    String literal = address.getHostAddress();
    int scope = literal.indexOf('%');
    return scope < 0 ? literal : literal.substring(0, scope);
  }

  private static String escaped(String value) {
    return value
        .replace("\0", "")
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
