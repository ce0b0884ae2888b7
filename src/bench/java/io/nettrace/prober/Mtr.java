package io.nettrace.prober;

import io.nettrace.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** mtr, one process a target, all at once, one round. */
final class Mtr {
  private final Lab lab;

  Mtr(Lab lab) {
    this.lab = lab;
  }

  void cold(int repeats) throws InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    lab.scenario()
        .destinations()
        .forEach(
            destination ->
                commands.add(
                    List.of(
                        "mtr",
                        "-n",
                        "-r",
                        "-c",
                        "1",
                        "-i",
                        "0.1",
                        "-G",
                        "0.3",
                        destination.addresses().getFirst().getHostAddress())));
    List<Double> millis = new ArrayList<>();
    List<Double> hops = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      List<String> outputs = Guests.run(lab, commands);
      if (outputs.isEmpty()) {
        return;
      }
      millis.add((System.nanoTime() - start) / 1e6);
      hops.add((double) String.join("\n", outputs).lines().filter(Mtr::isAnswered).count());
    }
    System.out.printf(
        Locale.ROOT,
        "%-32s %s ms, %.3f x slowest; %s hops answered%n",
        "cold, 100 x mtr -c 1 -i .1 -G .3",
        Medians.text("%.0f", millis),
        Medians.percentile(millis, 50) / ProberBenchmark.SLOWEST_MILLIS,
        Medians.text("%.0f", hops));
  }

  private static boolean isAnswered(String line) {
    return line.contains(".|--") && !line.contains("???");
  }
}
