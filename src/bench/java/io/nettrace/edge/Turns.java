package io.nettrace.edge;

import io.nettrace.testing.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Two things measured in turn, each of them first in every other round. What counts is the ratio
 * within a round: a machine that others share is now fast, now slow, but seldom changes so soon.
 */
final class Turns {
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> theirs = new ArrayList<>();

  /** One measurement of a thing. */
  interface Measure {
    double take() throws Exception;
  }

  private Turns() {}

  static Turns of(int rounds, Measure ours, Measure theirs) throws Exception {
    Turns made = new Turns();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        made.ours.add(ours.take());
        made.theirs.add(theirs.take());
      } else {
        made.theirs.add(theirs.take());
        made.ours.add(ours.take());
      }
    }
    return made;
  }

  /** Each row is a median, and below what and above what half of the rounds lay. */
  void tell(String ofOurs, String ofTheirs) {
    tell(ofOurs, this.ours);
    tell(ofTheirs, this.theirs);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    tell("ratio of each round", ratios);
  }

  private static void tell(String what, List<Double> values) {
    Percentiles percentiles = new Percentiles(values);
    String figures =
        String.join(
            " ",
            DoubleStream.of(50, 25, 75)
                .map(percentiles::at)
                .mapToObj(value -> String.format(Locale.ROOT, "%12.2f", value))
                .toList());
    System.out.printf("%-36s %s%n", what, figures);
  }
}
