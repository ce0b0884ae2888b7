package io.nettrace.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Text on its way out as UTF-8, without an object per value. */
final class TextBytes {
  private static final int FLUSH_AT = 1 << 16;
  private static final int LONGEST_NUMBER = 40;
  private static final int NANOS_PER_MILLI_DIGITS = 6;
  private static final int MICRO_DIGITS = 6;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private final OutputStream out;
  private final byte[] buffer = new byte[FLUSH_AT + LONGEST_NUMBER];
  private final byte[] digits = new byte[LONGEST_NUMBER];
  private int length;
  private long day = Long.MIN_VALUE;
  private byte[] dayText = {};

  TextBytes(OutputStream out) {
    this.out = out;
  }

  /** One ASCII character. */
  void put(char character) throws IOException {
    room(1);
    buffer[length++] = (byte) character;
  }

  void put(String text) throws IOException {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  void put(byte[] bytes) throws IOException {
    if (bytes.length > LONGEST_NUMBER) {
      flush();
      out.write(bytes);
      return;
    }
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  void put(long number) throws IOException {
    room(LONGEST_NUMBER);
    if (number < 0) {
      put(Long.toString(number));
      return;
    }
    int count = 0;
    long rest = number;
    do {
      digits[count++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    while (count > 0) {
      buffer[length++] = digits[--count];
    }
  }

  /** Nanoseconds as milliseconds, with as many decimals as there are. */
  void putMillis(long nanos) throws IOException {
    put(nanos / NANOS_PER_MILLI);
    long rest = nanos % NANOS_PER_MILLI;
    if (rest > 0) {
      put('.');
      putDecimals(rest, NANOS_PER_MILLI_DIGITS, false);
    }
  }

  /** A time since 1970, as RFC 3339 writes it. */
  void putTime(long micros) throws IOException {
    long second = Math.floorDiv(micros, MICROS_PER_SECOND);
    long thatDay = Math.floorDiv(second, SECONDS_PER_DAY);
    if (thatDay != day) {
      day = thatDay;
      dayText = (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.UTF_8);
    }
    int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
    put(dayText);
    putDecimals(ofDay / 3600, 2, true);
    put(':');
    putDecimals(ofDay / 60 % 60, 2, true);
    put(':');
    putDecimals(ofDay % 60, 2, true);
    put('.');
    putDecimals(Math.floorMod(micros, MICROS_PER_SECOND), MICRO_DIGITS, true);
    put('Z');
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  /** Digits with leading zeros; those at the end may be left away. */
  private void putDecimals(long value, int count, boolean all) throws IOException {
    room(count);
    long rest = value;
    for (int i = count - 1; i >= 0; i--) {
      buffer[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    while (!all && buffer[length - 1] == '0') {
      length--;
    }
  }

  private void room(int bytes) throws IOException {
    if (length + bytes > buffer.length) {
      flush();
    }
  }
}
