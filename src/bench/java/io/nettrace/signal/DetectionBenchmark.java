package io.nettrace.signal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * How many of the changes of delay that people marked in real traces the product finds, how many it
 * makes up, and how late it tells; beside it a detector that tells nothing.
 */
public final class DetectionBenchmark {
  private static final int PROBES = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * What a detector told: the sample at which something changed, and the one at which it said so.
   */
  record Told(int sample, int toldAt) {}

  /** One detector over all traces. */
  record Outcome(
      double f2w,
      double microF1,
      double precision,
      double weightedRecall,
      double falsePerDay,
      double meanDelay,
      double medianDelay) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "F2w %.3f, micro F1 %.3f, P %.3f, Rw %.3f, false a target-day %.2f,"
              + " told after %.1f samples (median %.0f)",
          f2w,
          microF1,
          precision,
          weightedRecall,
          falsePerDay,
          meanDelay,
          medianDelay);
    }
  }

  private DetectionBenchmark() {}

  public static void main(String[] arguments) {
    Optional<Path> folder = LabelledTrace.folder();
    if (folder.isEmpty()) {
      System.out.println("no labelled traces; name their folder by -D" + LabelledTrace.FOLDER);
      return;
    }
    Collection<LabelledTrace> traces = LabelledTrace.read(folder.get()).values();
    System.out.println("votes: " + run(traces, DetectionBenchmark::votes));
    System.out.println("null:  " + run(traces, _ -> List.of()));
  }

  static Outcome run(
      Collection<LabelledTrace> traces, Function<LabelledTrace, List<Told>> detector) {
    List<DetectionScore> scores = new ArrayList<>();
    List<Double> delays = new ArrayList<>();
    for (LabelledTrace trace : traces) {
      List<Told> told = detector.apply(trace);
      DetectionScore score = DetectionScore.of(trace, told.stream().map(Told::sample).toList());
      scores.add(score);
      for (DetectionScore.Pair pair : score.pairs()) {
        told.stream()
            .filter(one -> one.sample() == pair.detection())
            .findFirst()
            .ifPresent(one -> delays.add((double) one.toldAt() - pair.label()));
      }
    }
    int found = scores.stream().mapToInt(score -> score.pairs().size()).sum();
    int wrong = scores.stream().mapToInt(DetectionScore::falseOnes).sum();
    int missed = scores.stream().mapToInt(DetectionScore::missed).sum();
    return new Outcome(
        mean(scores.stream().mapToDouble(DetectionScore::f2w)),
        2.0 * found / (2 * found + wrong + missed),
        mean(scores.stream().mapToDouble(DetectionScore::precision)),
        mean(scores.stream().mapToDouble(DetectionScore::weightedRecall)),
        wrong / traces.stream().mapToDouble(LabelledTrace::days).sum(),
        mean(delays.stream().mapToDouble(Double::doubleValue)),
        delays.stream().sorted().skip(delays.size() / 2).findFirst().orElse(Double.NaN));
  }

  /**
   * Openings and returns of delay as the product finds them; a timeout is a burst without answers.
   */
  static List<Told> votes(LabelledTrace trace) {
    SeriesWatch watch = new SeriesWatch();
    List<Told> told = new ArrayList<>();
    for (int sample = 0; sample < trace.rttMillis().size(); sample++) {
      OptionalDouble millis = trace.rttMillis().get(sample);
      OptionalLong nanos =
          millis.isPresent()
              ? OptionalLong.of(Math.round(millis.getAsDouble() * NANOS_PER_MILLI))
              : OptionalLong.empty();
      // the sample's number stands for its time, so that a finding names the sample it is dated to
      Observation burst =
          new Observation(
              Instant.ofEpochSecond(sample), PROBES, nanos.isPresent() ? PROBES : 0, nanos);
      for (SeriesFinding finding : watch.observe(burst)) {
        Optional<Instant> at = change(finding);
        if (at.isPresent()) {
          told.add(new Told((int) at.get().getEpochSecond(), sample));
        }
      }
    }
    return told;
  }

  private static Optional<Instant> change(SeriesFinding finding) {
    return switch (finding) {
      case SeriesFinding.Opened opened when opened.kind() != Deviation.Kind.LOSS ->
          Optional.of(opened.at());
      case SeriesFinding.Closed closed
          when closed.kind() != Deviation.Kind.LOSS
              && closed.closing() == Deviation.Closing.RETURNED ->
          Optional.of(closed.at());
      default -> Optional.empty();
    };
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }
}
