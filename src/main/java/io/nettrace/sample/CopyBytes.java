package io.nettrace.sample;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final long MICROS = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private final ByteArrayOutputStream bytes;
  private final DataOutputStream out;

  CopyBytes(int expectedBytes) {
    bytes = new ByteArrayOutputStream(expectedBytes);
    out = new DataOutputStream(bytes);
    bytes.writeBytes(HEADER);
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / NANOS_PER_MICRO;
  }

  CopyBytes row(int columns) {
    return write(() -> out.writeShort(columns));
  }

  CopyBytes time(Instant time) {
    return number(micros(time) - EPOCH_MICROS);
  }

  CopyBytes number(long value) {
    return write(
        () -> {
          out.writeInt(Long.BYTES);
          out.writeLong(value);
        });
  }

  CopyBytes integer(int value) {
    return write(
        () -> {
          out.writeInt(Integer.BYTES);
          out.writeInt(value);
        });
  }

  CopyBytes small(int value) {
    if (value != (short) value) {
      throw new IllegalArgumentException(value + " does not fit a smallint");
    }
    return write(
        () -> {
          out.writeInt(Short.BYTES);
          out.writeShort(value);
        });
  }

  CopyBytes truth(boolean value) {
    return write(
        () -> {
          out.writeInt(1);
          out.writeByte(value ? 1 : 0);
        });
  }

  CopyBytes bytes(byte[] value) {
    return write(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  /** Writes all rows; {@code columns} names those that were added, in their order. */
  void into(Connection connection, String table, String columns) throws SQLException {
    row(-1);
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin (format binary)".formatted(table, columns));
    byte[] all = bytes.toByteArray();
    copy.writeToCopy(all, 0, all.length);
    copy.endCopy();
  }

  private interface Writing {
    void run() throws IOException;
  }

  private CopyBytes write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }
}
