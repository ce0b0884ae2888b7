package io.nettrace.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the binary format of PostgreSQL's COPY, and their way into a table. */
final class CopyBytes {
  /** Signature, flags and the length of an extension that there is not. */
  static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** 2000-01-01T00:00Z, from which PostgreSQL counts. */
  static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final byte[] NOTHING = {};
  private static final long MICROS = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private ByteBuffer out;

  CopyBytes(int expectedBytes) {
    out = ByteBuffer.allocate(HEADER.length + Math.max(expectedBytes, 64)).put(HEADER);
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / NANOS_PER_MICRO;
  }

  CopyBytes row(int columns) {
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  CopyBytes time(Instant time) {
    return number(micros(time) - EPOCH_MICROS);
  }

  CopyBytes number(long value) {
    column(Long.BYTES).putLong(value);
    return this;
  }

  CopyBytes integer(int value) {
    column(Integer.BYTES).putInt(value);
    return this;
  }

  CopyBytes small(int value) {
    if (value != (short) value) {
      throw new IllegalArgumentException(value + " does not fit a smallint");
    }
    column(Short.BYTES).putShort((short) value);
    return this;
  }

  CopyBytes truth(boolean value) {
    column(1).put((byte) (value ? 1 : 0));
    return this;
  }

  CopyBytes bytes(byte[] value) {
    column(value.length).put(value);
    return this;
  }

  CopyBytes text(String value) {
    return bytes(value.isEmpty() ? NOTHING : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes all rows; {@code columns} names those that were added, in their order. */
  void into(Connection connection, String table, String columns) throws SQLException {
    row(-1);
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin (format binary)".formatted(table, columns));
    copy.writeToCopy(out.array(), 0, out.position());
    copy.endCopy();
  }

  private ByteBuffer column(int length) {
    return room(Integer.BYTES + length).putInt(length);
  }

  private ByteBuffer room(int length) {
    if (out.remaining() < length) {
      out = ByteBuffer.allocate(2 * out.capacity() + length).put(out.flip());
    }
    return out;
  }
}
