package io.nettrace.lab.cli;

import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event as one types it: {@code [at 5s] outage api.kraken.com [for 30s]}. Kinds and their
 * arguments: {@code route-flip host[,host] route}, {@code delay-step where 20ms}, {@code loss where
 * 0.1}, {@code outage where}, {@code answer-change host address[,address]}, {@code restore where}.
 */
final class EventText {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

  private EventText() {}

  static ScheduledEvent parse(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    Duration at = Duration.ZERO;
    if (words.size() > 2 && words.getFirst().equals("at")) {
      at = duration(words.get(1));
      words = words.subList(2, words.size());
    }
    Optional<Duration> length = Optional.empty();
    if (words.size() > 2 && words.get(words.size() - 2).equals("for")) {
      length = Optional.of(duration(words.getLast()));
      words = words.subList(0, words.size() - 2);
    }
    return new ScheduledEvent(at, event(words), length);
  }

  private static LabEvent event(List<String> words) {
    int arguments = words.size() - 1;
    return switch (words.getFirst() + "/" + arguments) {
      case "route-flip/2" -> new LabEvent.RouteFlip(List.of(words.get(1).split(",")), words.get(2));
      case "delay-step/2" ->
          new LabEvent.DelayStep(words.get(1), duration(words.get(2)).toNanos() / NANOS_PER_MILLI);
      case "loss/2" -> new LabEvent.Loss(words.get(1), ratio(words.get(2)));
      case "outage/1" -> new LabEvent.Outage(words.get(1));
      case "answer-change/2" ->
          new LabEvent.AnswerChange(
              words.get(1),
              Arrays.stream(words.get(2).split(",")).map(EventText::address).toList());
      case "restore/1" -> new LabEvent.Restore(words.get(1));
      default ->
          throw new IllegalArgumentException(
              "not an event: "
                  + String.join(" ", words)
                  + "; say route-flip host[,host] route, delay-step where 20ms, loss where 0.1,"
                  + " outage where, answer-change host address[,address] or restore where");
    };
  }

  /** 20ms, 5s, 2m or 1h. */
  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a duration such as 20ms, 5s or 2m: " + text);
    }
    double nanosPerUnit =
        switch (parts.group(2)) {
          case "ms" -> NANOS_PER_MILLI;
          case "s" -> 1_000 * NANOS_PER_MILLI;
          case "m" -> 60_000 * NANOS_PER_MILLI;
          default -> 3_600_000 * NANOS_PER_MILLI;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(parts.group(1)) * nanosPerUnit));
  }

  private static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException("a loss ratio is a number from 0 to 1, not " + text);
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
