package io.nettrace.edge.api.v1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One part of a file (RFC 9110, 14): from {@code first} until before {@code end}. */
record ByteRange(long first, long end) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Empty when the whole file is wanted; several ranges at once are answered with all of it. */
  static Optional<ByteRange> of(@Nullable String header, long bytes) {
    Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    ByteRange range =
        matcher.group(1).isEmpty()
            ? new ByteRange(Math.max(0, bytes - Long.parseLong(matcher.group(2))), bytes)
            : new ByteRange(Long.parseLong(matcher.group(1)), end(matcher.group(2), bytes));
    if (range.first >= range.end) {
      throw Refusals.badRange(bytes);
    }
    return Optional.of(range);
  }

  private static long end(String last, long bytes) {
    return last.isEmpty() ? bytes : Math.min(bytes, Long.parseLong(last) + 1);
  }

  String header(long bytes) {
    return "bytes %d-%d/%d".formatted(first, end - 1, bytes);
  }
}
