package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.ScriptJson;
import io.nettrace.sample.Aggregate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Delay and loss over time as scripts draw them: seconds since 1970, and for each bucket some
 * percentiles in milliseconds and the loss in percent. Buckets without a burst are there and empty,
 * so that gaps show.
 */
final class Curve {
  /** What is drawn; the script names them in the same order. */
  static final double[] PERCENTILES = {0, 5, 10, 25, 50, 75, 90, 95, 99, 100};

  private static final double NANOS = 1e6;
  private static final double PRECISION = 1e4;

  private Curve() {}

  static String json(
      Span span, List<Aggregate> series, List<Double> marks, List<Unmeasured> unmeasured) {
    Map<Instant, Aggregate> byStart = new HashMap<>();
    series.forEach(each -> byStart.put(each.start(), each));
    List<Long> times = span.times();
    List<List<@Nullable Double>> delays = new ArrayList<>();
    for (int i = 0; i < PERCENTILES.length; i++) {
      delays.add(new ArrayList<>());
    }
    List<@Nullable Double> loss = new ArrayList<>();
    for (long time : times) {
      Aggregate bucket = byStart.get(Instant.ofEpochSecond(time));
      for (int i = 0; i < PERCENTILES.length; i++) {
        delays.get(i).add(bucket == null ? null : millis(bucket.percentileNanos(PERCENTILES[i])));
      }
      loss.add(bucket == null ? null : percent(bucket));
    }
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("step", span.step().toSeconds());
    curve.put("start", seconds(span.start()));
    curve.put("end", seconds(span.end()));
    curve.put("times", times);
    curve.put("percentiles", PERCENTILES);
    curve.put("delays", delays);
    curve.put("loss", loss);
    curve.put("marks", marks);
    curve.put("unmeasured", Unmeasured.seconds(unmeasured));
    return ScriptJson.of(curve);
  }

  /** A moment for scripts. */
  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  /** A delay for scripts. */
  static @Nullable Double millis(OptionalLong nanos) {
    return nanos.isEmpty() ? null : Math.round(nanos.getAsLong() / NANOS * PRECISION) / PRECISION;
  }

  private static @Nullable Double percent(Aggregate bucket) {
    return bucket.lossRatio().isEmpty()
        ? null
        : Math.round(bucket.lossRatio().getAsDouble() * 100 * PRECISION) / PRECISION;
  }
}
