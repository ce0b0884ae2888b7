package io.nettrace.sample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows as COPY sends them in binary, one after another; columns are read in their order. None of
 * them may be null.
 */
final class CopyTuple {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /** What to do with each row. */
  interface Sink {
    void accept(CopyTuple row);
  }

  private byte[] bytes = {};
  private int next;
  private int position;

  private CopyTuple() {}

  /** Runs {@code select} and hands its rows over; a sink that throws ends the query too. */
  static void read(Connection connection, String select, Sink sink) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy (%s) to stdout (format binary)".formatted(select));
    try {
      new CopyTuple().drain(copy, sink);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void drain(CopyOut copy, Sink sink) throws SQLException {
    boolean first = true;
    byte @Nullable [] message;
    while ((message = copy.readFromCopy()) != null) {
      bytes = message;
      next = first ? CopyBytes.HEADER.length : 0;
      first = false;
      while (next < bytes.length && (short) SHORT.get(bytes, next) >= 0) {
        next += Short.BYTES;
        sink.accept(this);
      }
    }
  }

  /** A column's bytes begin at {@link #position}; they count as read. */
  int length() {
    int length = (int) INT.get(bytes, next);
    position = next + Integer.BYTES;
    next = position + length;
    return length;
  }

  int position() {
    return position;
  }

  byte[] bytes() {
    return bytes;
  }

  long number() {
    length();
    return (long) LONG.get(bytes, position);
  }

  int integer() {
    length();
    return (int) INT.get(bytes, position);
  }

  int small() {
    length();
    return (short) SHORT.get(bytes, position);
  }

  String text() {
    int length = length();
    return length == 0 ? "" : new String(bytes, position, length, StandardCharsets.UTF_8);
  }

  boolean truth() {
    length();
    return bytes[position] != 0;
  }
}
