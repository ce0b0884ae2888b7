package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.LastHour;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** By what targets are ranked; less is better. */
enum Ranked {
  P50("Median", "ms"),
  P99("99th percentile", "ms"),
  LOSS("Loss", "%");

  private final String title;
  private final String unit;

  Ranked(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  static Optional<Ranked> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** In nanoseconds, or as a ratio. */
  OptionalDouble value(LastHour hour) {
    return switch (this) {
      case P50 -> number(hour.p50Nanos());
      case P99 -> number(hour.p99Nanos());
      case LOSS -> hour.lossRatio().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    };
  }

  /** The same over a longer range. */
  OptionalDouble value(Aggregate range) {
    return switch (this) {
      case P50 -> number(range.percentileNanos(50));
      case P99 -> number(range.percentileNanos(99));
      case LOSS -> range.lossRatio();
    };
  }

  String text(double value) {
    return this == LOSS ? DisplayFormat.percent(value) : DisplayFormat.millis(Math.round(value));
  }

  private static OptionalDouble number(OptionalLong value) {
    return value.isPresent()
        ? OptionalDouble.of((double) value.getAsLong())
        : OptionalDouble.empty();
  }
}
