package io.nettrace.edge.portal.record;

import io.nettrace.sample.LastHour;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** By what a table of targets is sorted. What has no value stands last, either way. */
enum Order {
  NAME("Target"),
  STATE("State"),
  NOW("Now"),
  P50("p50"),
  P99("p99"),
  LOSS("Loss");

  private final String title;

  Order(String title) {
    this.title = title;
  }

  static Optional<Order> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  Comparator<ShownTargetState> comparator(boolean descending) {
    if (this == NAME) {
      Comparator<ShownTargetState> byName =
          Comparator.comparing(w -> w.name().toLowerCase(Locale.ROOT));
      return descending ? byName.reversed() : byName;
    }
    Comparator<Double> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(
            (ShownTargetState target) -> value(target).orElse(null), Comparator.nullsLast(values))
        .thenComparing(ShownTargetState::name);
  }

  private Optional<Double> value(ShownTargetState target) {
    Optional<LastHour> hour = target.standing().flatMap(s -> s.lastHour());
    return switch (this) {
      case NAME -> Optional.empty();
      case STATE -> Optional.of((double) target.health().rank());
      case NOW -> number(target.delayNow());
      case P50 -> number(hour.map(LastHour::p50Nanos).orElse(OptionalLong.empty()));
      case P99 -> number(hour.map(LastHour::p99Nanos).orElse(OptionalLong.empty()));
      case LOSS -> hour.flatMap(LastHour::lossRatio);
    };
  }

  private static Optional<Double> number(OptionalLong value) {
    return value.isPresent() ? Optional.of((double) value.getAsLong()) : Optional.empty();
  }
}
