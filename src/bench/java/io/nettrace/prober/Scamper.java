package io.nettrace.prober;

import io.nettrace.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** scamper, asked for the same as we are: every hop of every target, ICMP, one flow. */
final class Scamper {
  private static final Pattern HOP = Pattern.compile("^\\s*(\\d+)\\s+(\\S+)\\s+([\\d.]+) ms");

  private final Lab lab;

  Scamper(Lab lab) {
    this.lab = lab;
  }

  void cold(int repeats) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    List<Double> packets = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      long before = lab.statistics().read();
      long start = System.nanoTime();
      if (run().isEmpty()) {
        return;
      }
      millis.add((System.nanoTime() - start) / 1e6);
      packets.add((double) (lab.statistics().read() - before));
    }
    System.out.printf(
        Locale.ROOT,
        "%-32s %s ms, %.3f x slowest; %s packets%n",
        "cold, scamper -N 8",
        Medians.text("%.0f", millis),
        Medians.percentile(millis, 50) / ProberBenchmark.SLOWEST_MILLIS,
        Medians.text("%.0f", packets));
  }

  List<Double> errors() throws InterruptedException {
    long position = lab.log().position();
    List<String> outputs = run();
    Map<String, Long> truth = Errors.truth(lab.log().since(position));
    List<Double> errors = new ArrayList<>();
    String destination = "";
    for (String line : String.join("\n", outputs).split("\n", -1)) {
      if (line.startsWith("traceroute")) {
        destination = line.substring(line.lastIndexOf(' ') + 1);
      }
      Matcher hop = HOP.matcher(line);
      if (hop.find()) {
        Long real =
            truth.get(Errors.key(destination, Integer.parseInt(hop.group(1)), hop.group(2)));
        if (real != null) {
          errors.add(Math.abs(Double.parseDouble(hop.group(3)) * 1e3 - real / 1e3));
        }
      }
    }
    return errors;
  }

  private List<String> run() throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "scamper",
                "-O",
                "text",
                "-p",
                "10000",
                "-c",
                "trace -P icmp-paris -q 1 -w 1 -g 32 -N 8",
                "-i"));
    lab.scenario()
        .destinations()
        .forEach(destination -> command.add(destination.addresses().getFirst().getHostAddress()));
    return Guests.run(lab, List.of(command));
  }
}
