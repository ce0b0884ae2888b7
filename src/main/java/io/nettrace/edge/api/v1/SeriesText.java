package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Json;
import io.nettrace.edge.api.v1.SeriesView.PointView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A series as CSV: a line per bucket that has a burst, an empty field where nothing is known. */
final class SeriesText {
  private SeriesText() {}

  static String csv(List<PointView> points, Percentiles percentiles) {
    List<String> delays = new ArrayList<>(List.of("min", "mean"));
    for (BigDecimal percentile : percentiles.all()) {
      delays.add(Percentiles.word(percentile));
    }
    delays.addAll(List.of("max", "ipdv", "pdv"));
    StringBuilder text = new StringBuilder("start,bursts,sent,received,send_failures,loss_ratio");
    for (String name : delays) {
      text.append(",rtt_").append(name).append("_ms");
    }
    text.append("\r\n");
    for (PointView point : points) {
      line(point, delays, text);
    }
    return text.toString();
  }

  static String lines(List<?> items) {
    return items.stream()
        .map(item -> Json.tree(item).toString() + "\n")
        .collect(Collectors.joining());
  }

  private static void line(PointView point, List<String> delays, StringBuilder text) {
    text.append(point.start()).append(',').append(point.bursts()).append(',');
    text.append(point.sent()).append(',').append(point.received()).append(',');
    text.append(point.sendFailures()).append(',').append(form(point.lossRatio()));
    Map<String, Double> rtt = point.rttMs();
    for (String name : delays) {
      text.append(',').append(rtt == null ? "" : form(rtt.get(name)));
    }
    text.append("\r\n");
  }

  private static String form(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
