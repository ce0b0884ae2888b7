package io.nettrace.platform.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as written in a query, a body, a file or a declaration: RFC 3339, or whole seconds since
 * 1970, between {@link #EARLIEST} and {@link #LATEST}. Digits are those of ASCII. What a PostgreSQL
 * file shows ({@code 2026-01-31 12:00:00.5+00}) is taken as well, and a {@code +} that a query
 * turned into a space. A leap second or hour 24 is refused rather than moved.
 */
public sealed interface TimeText {
  /** No record is as old, or reaches as far, as that. */
  Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** How a refusal shows what is meant. */
  String EXAMPLE = "a time such as 2026-01-31T12:00:00Z, or whole seconds since 1970";

  record Good(Instant time) implements TimeText {}

  /** {@code reason} goes on after the name of what was read. */
  record Bad(String reason) implements TimeText {}

  /** How a time is written in every answer and file: in UTC, always to the microsecond. */
  static String write(Instant time) {
    return Forms.MICROS.format(time);
  }

  static TimeText parse(String text) {
    if (Forms.SECONDS.matcher(text).matches()) {
      return Forms.seconds(text);
    }
    Matcher written = Forms.WRITTEN.matcher(text);
    return written.matches() ? Forms.written(written) : new Bad("must be " + EXAMPLE);
  }

  /** A time that was computed or read elsewhere, within the same bound. */
  static TimeText of(Instant time) {
    return time.isBefore(EARLIEST) || time.isAfter(LATEST)
        ? new Bad("must lie between " + EARLIEST + " and " + LATEST)
        : new Good(time);
  }

  /** The two forms. */
  final class Forms {
    /** A number with one digit more may be too large for 64 bits. */
    private static final int MOST_DIGITS = 18;

    private static final DateTimeFormatter MICROS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final Pattern WRITTEN =
        Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
                + "(?:[Zz]|([+ -])([0-9]{2})(?::?([0-9]{2}))?)");

    private Forms() {}

    private static TimeText seconds(String digits) {
      if (digits.length() > MOST_DIGITS) {
        return new Bad("must be " + EXAMPLE);
      }
      long seconds = Long.parseLong(digits);
      if (seconds <= LATEST.getEpochSecond()) {
        return of(Instant.ofEpochSecond(seconds));
      }
      return new Bad(hint(digits).orElse("must lie between " + EARLIEST + " and " + LATEST));
    }

    /** What was meant, when it is a time in a finer unit. */
    private static Optional<String> hint(String digits) {
      long number = Long.parseLong(digits);
      for (Unit unit : Unit.values()) {
        Instant meant = Instant.EPOCH.plus(unit.length.multipliedBy(number));
        if (of(meant) instanceof Good) {
          return Optional.of(
              "must be whole seconds since 1970; this looks like %s (%s)"
                  .formatted(unit.word, meant));
        }
      }
      return Optional.empty();
    }

    private static TimeText written(Matcher parts) {
      String sign = parts.group(3);
      String offset =
          sign == null
              ? "Z"
              : (sign.equals("-") ? "-" : "+")
                  + parts.group(4)
                  + ":"
                  + Optional.ofNullable(parts.group(5)).orElse("00");
      try {
        return of(OffsetDateTime.parse(parts.group(1) + "T" + parts.group(2) + offset).toInstant());
      } catch (DateTimeException e) {
        return new Bad("is no moment of the calendar; it must be " + EXAMPLE);
      }
    }

    private enum Unit {
      MILLISECONDS("milliseconds", Duration.ofMillis(1)),
      MICROSECONDS("microseconds", Duration.ofNanos(1_000));

      private final String word;
      private final Duration length;

      Unit(String word, Duration length) {
        this.word = word;
        this.length = length;
      }
    }
  }
}
