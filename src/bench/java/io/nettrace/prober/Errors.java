package io.nettrace.prober;

import io.nettrace.lab.engine.DelayLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far reported delays are from the lab's log; percentiles of each repeat, then the median. */
final class Errors {
  private final String name;
  private final List<Double> p50 = new ArrayList<>();
  private final List<Double> p99 = new ArrayList<>();

  Errors(String name) {
    this.name = name;
  }

  /** True delays by destination, TTL and responder; the smaller where there are several. */
  static Map<String, Long> truth(List<DelayLog.Entry> log) {
    Map<String, Long> truth = new HashMap<>();
    for (DelayLog.Entry entry : log) {
      truth.merge(
          key(
              entry.destination().getHostAddress(),
              entry.ttl(),
              entry.responder().getHostAddress()),
          entry.rttNanos(),
          Math::min);
    }
    return truth;
  }

  static String key(String destination, int ttl, String responder) {
    return destination + " " + ttl + " " + responder;
  }

  void add(List<Double> micros) {
    if (!micros.isEmpty()) {
      p50.add(Medians.percentile(micros, 50));
      p99.add(Medians.percentile(micros, 99));
    }
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "error p50 %s, p99 %s us",
        Medians.text("%.1f", p50),
        Medians.text("%.0f", p99));
  }

  void print() {
    System.out.printf(Locale.ROOT, "%-32s %s%n", name, text());
  }
}
