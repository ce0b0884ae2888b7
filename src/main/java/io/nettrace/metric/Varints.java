package io.nettrace.metric;

import java.io.ByteArrayOutputStream;

/** Whole numbers of 0 and above in as few bytes as they need: seven bits a byte, lowest first. */
public final class Varints {
  private static final int LONGEST_SHIFT = 63;

  /** Reads numbers one after another. */
  public static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int next;

    public Reader(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.next = start;
      this.end = end;
    }

    public boolean hasMore() {
      return next < end;
    }

    public long next() {
      long value = 0;
      for (int shift = 0; shift < LONGEST_SHIFT; shift += 7) {
        if (next == end) {
          throw new IllegalArgumentException("a number is cut off");
        }
        byte one = bytes[next++];
        value |= (long) (one & 0x7f) << shift;
        if (one >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number is longer than 63 bits");
    }
  }

  private Varints() {}

  public static void write(ByteArrayOutputStream out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("only 0 and above: " + value);
    }
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
