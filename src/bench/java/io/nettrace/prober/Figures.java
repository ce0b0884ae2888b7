package io.nettrace.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One row of the table: several scans, their medians and ranges. */
final class Figures {
  private final String name;
  private final List<Scans.Scan> scans = new ArrayList<>();

  Figures(String name) {
    this.name = name;
  }

  void add(Scans.Scan scan) {
    scans.add(scan);
  }

  void print() {
    if (scans.isEmpty()) {
      return;
    }
    Errors errors = new Errors(name);
    scans.forEach(scan -> errors.add(scan.errorMicros()));
    System.out.printf(
        Locale.ROOT,
        "%-32s %s ms, %s x slowest; %s of %d hops, %s wrong; %s probes/hop, %s refused; %s; cpu %s"
            + " us, %s B%n",
        name,
        text("%.0f", Scans.Scan::millis),
        text("%.3f", scan -> scan.millis() / ProberBenchmark.SLOWEST_MILLIS),
        text("%.0f", scan -> scan.answering() - scan.missing()),
        scans.getFirst().answering(),
        text("%.0f", Scans.Scan::mistakes),
        text("%.3f", scan -> scan.sent() / (double) scan.answering()),
        text("%.0f", Scans.Scan::refused),
        errors.text(),
        text("%.1f", Scans.Scan::cpuMicros),
        text("%.0f", Scans.Scan::bytes));
  }

  private String text(String format, ToDoubleFunction<Scans.Scan> figure) {
    return Medians.text(format, scans.stream().map(figure::applyAsDouble).toList());
  }
}
