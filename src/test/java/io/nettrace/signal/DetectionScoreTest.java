package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DetectionScoreTest {
  private static final int SAMPLES = 100;
  private static final double ROUNDING = 1e-4;

  @Test
  void aLabelIsMatchedByOneDetectionOnlyAndTheNearest() {
    DetectionScore score = DetectionScore.of(step(50), List.of(48, 51, 80));
    assertThat(score.pairs()).containsExactly(new DetectionScore.Pair(51, 50));
    assertThat(score.falseOnes()).isEqualTo(2);
    assertThat(score.missed()).isZero();
    assertThat(score.weightedRecall()).isEqualTo(1);
    assertThat(score.precision()).isEqualTo(1.0 / 3, within(1e-9));
  }

  @Test
  void mostPairsGoBeforeLeastDistance() {
    LabelledTrace trace = new LabelledTrace("two", step(50).rttMillis(), List.of(50, 53), 1);
    assertThat(DetectionScore.of(trace, List.of(51, 52)).pairs()).hasSize(2);
    assertThat(DetectionScore.of(trace, List.of(52, 55)).pairs())
        .containsExactly(new DetectionScore.Pair(52, 50), new DetectionScore.Pair(55, 53));
  }

  @Test
  void aDetectorThatTellsNothingScoresNothing() {
    DetectionScore score = DetectionScore.of(step(50), List.of());
    assertThat(score.f2w()).isZero();
    assertThat(score.missed()).isEqualTo(1);
  }

  @Test
  void whatTheSourceOfTheTracesScoresIsScoredAlike() throws IOException {
    Path folder = traces();
    Map<String, LabelledTrace> traces = LabelledTrace.read(folder);
    List<String> rows = Files.readAllLines(folder.resolve("check.csv"));
    for (String line : rows.subList(1, rows.size())) {
      String[] row = line.split(",", -1);
      List<Integer> detections =
          row[1].isBlank()
              ? List.of()
              : Arrays.stream(row[1].strip().split(" ")).map(Integer::valueOf).toList();
      DetectionScore score =
          DetectionScore.of(Objects.requireNonNull(traces.get(row[0])), detections);
      assertThat(List.of(score.pairs().size(), score.falseOnes(), score.missed()))
          .as(row[0])
          .containsExactly(
              Integer.valueOf(row[2]), Integer.valueOf(row[3]), Integer.valueOf(row[4]));
      assertThat(score.precision())
          .as(row[0])
          .isCloseTo(Double.parseDouble(row[5]), within(ROUNDING));
      assertThat(score.weightedRecall())
          .as(row[0])
          .isCloseTo(Double.parseDouble(row[6]), within(ROUNDING));
      assertThat(score.f2w()).as(row[0]).isCloseTo(Double.parseDouble(row[7]), within(ROUNDING));
    }
  }

  @Test
  void theWatchFindsWhatPeopleMarkedAndSeldomCriesWolf() {
    DetectionBenchmark.Outcome outcome =
        DetectionBenchmark.run(LabelledTrace.read(traces()).values(), DetectionBenchmark::votes);
    System.out.println("votes: " + outcome);
    assertThat(outcome.f2w()).isGreaterThanOrEqualTo(0.62);
    assertThat(outcome.falsePerDay()).isLessThanOrEqualTo(0.45);
  }

  private static Path traces() {
    Path folder = LabelledTrace.folder().orElse(Path.of(""));
    if (folder.toString().isEmpty()) {
      System.out.println("skipped: no labelled traces (-D" + LabelledTrace.FOLDER + ")");
    }
    assumeTrue(!folder.toString().isEmpty(), "labelled traces are not part of the repository");
    return folder;
  }

  private static LabelledTrace step(int at) {
    List<OptionalDouble> millis =
        Stream.concat(
                Collections.nCopies(at, OptionalDouble.of(20)).stream(),
                Collections.nCopies(SAMPLES - at, OptionalDouble.of(30)).stream())
            .toList();
    return new LabelledTrace("step", millis, List.of(at), 1);
  }
}
