package io.nettrace.prober;

import java.time.Duration;

/** Says of a value out of range which it is, what it may be, and what it was. */
final class Bounds {
  private static final Duration LONGEST_SPREAD = Duration.ofHours(1);

  private Bounds() {}

  static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", not " + value);
    }
  }

  static void spread(Duration spread) {
    between("duration", Duration.ZERO, LONGEST_SPREAD, "spread", spread);
  }

  static void between(String kind, Duration least, Duration most, String name, Duration value) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be a " + kind + " between " + least + " and " + most + ", not " + value);
    }
  }
}
