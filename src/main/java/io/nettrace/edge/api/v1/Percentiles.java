package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Percentiles of choice, as p50 or 99.9, without repetition and in ascending order. */
record Percentiles(List<BigDecimal> all) {
  private static final int MOST = 20;
  private static final Pattern TEXT = Pattern.compile("p?[0-9]{1,3}(\\.[0-9]{1,3})?");
  static final Percentiles STANDARD = of("50,90,95,99");

  static Percentiles of(QueryParameters query) {
    return query.text("percentiles").map(Percentiles::of).orElse(STANDARD);
  }

  static Percentiles of(String text) {
    List<BigDecimal> all =
        Arrays.stream(text.split(",", -1))
            .map(one -> one(one.strip()))
            .distinct()
            .sorted()
            .toList();
    if (all.size() > MOST) {
      throw BadRequests.parameter("percentiles", "names more than " + MOST);
    }
    return new Percentiles(all);
  }

  /** One percentile, above 0 and up to 100. */
  private static BigDecimal one(String text) {
    if (TEXT.matcher(text).matches()) {
      BigDecimal value =
          new BigDecimal(text.startsWith("p") ? text.substring(1) : text).stripTrailingZeros();
      if (value.signum() > 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return value;
      }
    }
    throw BadRequests.parameter(
        "percentiles", "must be numbers above 0 and up to 100, separated by commas: 50,99,99.9");
  }

  static String word(BigDecimal percentile) {
    return "p" + percentile.toPlainString();
  }
}
