package io.nettrace.scanner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The contract's records as deflated JSON, for tables. */
public final class PackedWire {
  private static final int MOST_BYTES = 64 << 20;

  private PackedWire() {}

  /** Bytes that {@link #read} turns into an equal record. */
  public static byte[] write(Object message) {
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
      out.write(Wire.write(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  /** Reads one message; {@link MalformedMessageException} says what is wrong. */
  public static <T> T read(byte[] deflated, Class<T> type) throws MalformedMessageException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return Wire.read(in.readNBytes(MOST_BYTES), type);
    } catch (IOException e) {
      throw new MalformedMessageException(String.valueOf(e.getMessage()), e);
    }
  }
}
