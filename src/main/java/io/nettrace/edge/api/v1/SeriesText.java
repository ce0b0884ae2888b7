package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.v1.SeriesView.PointView;
import io.nettrace.platform.csv.CsvLine;
import io.nettrace.platform.time.TimeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A series as CSV: a line per bucket that has a burst, an empty field where nothing is known. */
final class SeriesText {
  private SeriesText() {}

  static String csv(List<PointView> points, Percentiles percentiles) {
    List<String> delays = new ArrayList<>(List.of("min", "mean"));
    for (BigDecimal percentile : percentiles.all()) {
      delays.add(Percentiles.word(percentile));
    }
    delays.addAll(List.of("max", "ipdv", "pdv"));
    List<String> names =
        new ArrayList<>(
            List.of("start", "bursts", "sent", "received", "send_failures", "loss_ratio"));
    delays.forEach(name -> names.add("rtt_" + name + "_ms"));
    StringBuilder text = new StringBuilder(CsvLine.header(names));
    for (PointView point : points) {
      text.append(line(point, delays));
    }
    return text.toString();
  }

  static String lines(List<?> items) {
    return items.stream()
        .map(item -> ApiJson.tree(item).toString() + "\n")
        .collect(Collectors.joining());
  }

  private static CsvLine line(PointView point, List<String> delays) {
    CsvLine line =
        new CsvLine()
            .bare(TimeText.write(point.start()))
            .bare(point.bursts())
            .bare(point.sent())
            .bare(point.received())
            .bare(point.sendFailures())
            .bare(point.lossRatio());
    Map<String, Double> rtt = point.rttMs();
    for (String name : delays) {
      line.bare(rtt == null ? null : rtt.get(name));
    }
    return line;
  }
}
