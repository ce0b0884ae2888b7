package io.nettrace.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL's own client takes for the same rows; its start does not count. */
final class Psql {
  private static final Pattern TIME = Pattern.compile("Time: ([0-9.]+) ms");

  private final String address;

  Psql(String jdbcUrl) {
    this.address = jdbcUrl.replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "") + "?user=postgres";
  }

  /** Milliseconds of the last of {@code commands}, each on a line of its own. */
  double millis(String... commands) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("psql", "-X", "-q", address));
    for (String each : commands) {
      command.addAll(List.of("-c", "\\timing on", "-c", each));
    }
    Process psql = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (psql.waitFor() != 0) {
      throw new IOException("psql failed: " + output);
    }
    Matcher time = TIME.matcher(output);
    double last = Double.NaN;
    while (time.find()) {
      last = Double.parseDouble(time.group(1));
    }
    return last;
  }
}
