package io.nettrace.edge.portal.record;

import io.nettrace.sample.Stretch;
import java.util.List;
import java.util.Locale;

/**
 * The last hour of a target as a line for SVG, {@value #WIDTH} wide and {@value #HEIGHT} high: its
 * medians, from the least to the most of the hour, and marks where nothing answered.
 *
 * @param line path of the medians; stretches that were not measured are left out
 * @param gaps path of short strokes at the lower edge, where probes were sent and none answered
 */
record Spark(String line, String gaps) {
  static final int WIDTH = 96;
  static final int HEIGHT = 20;

  /** A line that hardly moves is drawn flat: less than this part of its delay fills no height. */
  private static final double FLAT = 0.1;

  private static final double NANOS = 1e6;

  static Spark of(List<Stretch> course) {
    double least = bound(course, Double.POSITIVE_INFINITY, Math::min);
    double most = bound(course, Double.NEGATIVE_INFINITY, Math::max);
    double range = Math.max(most - least, most * FLAT);
    double lower = (least + most - range) / 2;
    StringBuilder line = new StringBuilder();
    StringBuilder gaps = new StringBuilder();
    int drawn = 0;
    for (int i = 0; i < course.size(); i++) {
      Stretch stretch = course.get(i);
      double x = i * (double) WIDTH / Math.max(1, course.size() - 1);
      if (stretch.p50Nanos().isPresent()) {
        double share = (stretch.p50Nanos().getAsLong() / NANOS - lower) / Math.max(range, 1e-9);
        point(line, drawn > 0 ? 'L' : 'M', x, HEIGHT - 1 - share * (HEIGHT - 2));
        drawn++;
      } else if (stretch.sent() > 0) {
        point(gaps, 'M', x, HEIGHT);
        gaps.append("v-5");
        end(line, drawn);
        drawn = 0;
      }
    }
    end(line, drawn);
    return new Spark(line.toString(), gaps.toString());
  }

  /** A point that stands alone is a short dash, since a line through one point is not seen. */
  private static void end(StringBuilder line, int drawn) {
    if (drawn == 1) {
      line.append("h1.5");
    }
  }

  private interface Bound {
    double of(double one, double other);
  }

  private static double bound(List<Stretch> course, double start, Bound bound) {
    double found = start;
    for (Stretch stretch : course) {
      if (stretch.p50Nanos().isPresent()) {
        found = bound.of(found, stretch.p50Nanos().getAsLong() / NANOS);
      }
    }
    return found;
  }

  private static void point(StringBuilder path, char verb, double x, double y) {
    path.append(verb).append(number(x)).append(' ').append(number(y));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
