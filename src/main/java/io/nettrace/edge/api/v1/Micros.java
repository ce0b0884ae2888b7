package io.nettrace.edge.api.v1;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as cursors hold them: microseconds since 1970, the record's resolution. */
final class Micros {
  private Micros() {}

  static String of(Instant time) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  static Instant read(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
