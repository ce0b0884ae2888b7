package io.nettrace.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;

/**
 * Delays of one path in which people have marked the changes.
 *
 * @param rttMillis one for each sample; empty where it timed out
 * @param changes samples at which a change was marked, ascending
 * @param days how long it was measured
 */
record LabelledTrace(
    String name, List<OptionalDouble> rttMillis, List<Integer> changes, double days) {
  /** Setting that names the folder of {@code traces.csv.gz} and {@code check.csv}. */
  static final String FOLDER = "nettrace.labelled-traces";

  private static final int SECONDS_PER_DAY = 86_400;

  /** The folder of the traces, which are not part of this repository. */
  static Optional<Path> folder() {
    return Optional.of(Path.of(System.getProperty(FOLDER, "../shared/data/rtt")))
        .filter(folder -> Files.isReadable(folder.resolve("traces.csv.gz")));
  }

  /** All traces of a folder by their names. */
  static Map<String, LabelledTrace> read(Path folder) {
    Map<String, List<String[]>> rows = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("traces.csv.gz"))),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(row -> rows.computeIfAbsent(row[0], _ -> new ArrayList<>()).add(row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, LabelledTrace> traces = new LinkedHashMap<>();
    rows.forEach((name, samples) -> traces.put(name, of(name, samples)));
    return traces;
  }

  private static LabelledTrace of(String name, List<String[]> rows) {
    List<OptionalDouble> rttMillis = new ArrayList<>();
    List<Integer> changes = new ArrayList<>();
    for (String[] row : rows) {
      if (row[4].equals("1")) {
        changes.add(rttMillis.size());
      }
      rttMillis.add(
          row[3].isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(Double.parseDouble(row[3])));
    }
    double seconds = Double.parseDouble(rows.getLast()[2]) - Double.parseDouble(rows.getFirst()[2]);
    return new LabelledTrace(name, rttMillis, changes, seconds / SECONDS_PER_DAY);
  }
}
