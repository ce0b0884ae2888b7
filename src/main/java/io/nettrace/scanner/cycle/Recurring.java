package io.nettrace.scanner.cycle;

/** One kind of measurement of one target: what to do, and the cycles it was done in. */
final class Recurring {
  private final TargetCycle target;
  private final Occurrences occurrences;
  private final Runnable measurement;

  Recurring(TargetCycle target, Occurrences occurrences, Runnable measurement) {
    this.target = target;
    this.occurrences = occurrences;
    this.measurement = measurement;
  }

  String targetId() {
    return target.target().targetId();
  }

  Occurrences occurrences() {
    return occurrences;
  }

  void measure() {
    measurement.run();
  }
}
