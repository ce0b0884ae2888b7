package io.nettrace.scanner.cycle;

import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Cadence;
import java.util.List;

/** What recurs of one target, and when. Lives on while assignments say the same of the target. */
final class TargetPlan {
  private final TargetCycle target;
  private final Cadence cadence;
  private final double position;
  private final List<Recurring> recurring;

  TargetPlan(TargetCycle target, Cadence cadence, double position) {
    this.target = target;
    this.cadence = cadence;
    this.position = position;
    String id = target.target().targetId();
    this.recurring =
        List.of(
            new Recurring(
                id, new Occurrences(cadence.burstEvery(), position), () -> target.burst(cadence)),
            new Recurring(
                id,
                new Occurrences(cadence.traceEvery(), position),
                () -> target.scheduledTrace(cadence)));
  }

  TargetCycle target() {
    return target;
  }

  List<Recurring> recurring() {
    return recurring;
  }

  boolean isFor(AssignedTarget other) {
    return target.target().equals(other);
  }

  boolean isSame(AssignedTarget other, Cadence otherCadence, double otherPosition) {
    return isFor(other)
        && cadence.equals(otherCadence)
        && Double.compare(position, otherPosition) == 0;
  }

  void end() {
    recurring.forEach(Recurring::end);
  }
}
