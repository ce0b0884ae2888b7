package io.nettrace.scanner.cycle;

/** One kind of measurement of one target: what to do, and the cycles it was done in. */
final class Recurring {
  private final String targetId;
  private final Occurrences occurrences;
  private final Runnable measurement;
  private boolean ended;

  Recurring(String targetId, Occurrences occurrences, Runnable measurement) {
    this.targetId = targetId;
    this.occurrences = occurrences;
    this.measurement = measurement;
  }

  String targetId() {
    return targetId;
  }

  Occurrences occurrences() {
    return occurrences;
  }

  /** Another assignment has taken its place. */
  boolean isEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  void measure() {
    measurement.run();
  }
}
