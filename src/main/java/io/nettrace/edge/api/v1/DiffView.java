package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.route.PathDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two paths to a target laid side by side. */
record DiffView(
    String host,
    String targetId,
    String vantagePoint,
    boolean simulated,
    boolean same,
    HopViews.HopsView a,
    HopViews.HopsView b,
    List<StepView> steps) {

  /** One line of the comparison. */
  record StepView(
      String outcome,
      HopViews.@Nullable HopView a,
      HopViews.@Nullable HopView b,
      @Nullable Long asnA,
      @Nullable Long asnB,
      @Nullable Double rttMsDifference) {

    static StepView of(PathDiff.Step step, HopViews hops) {
      return new StepView(
          ConstantNames.of(step.outcome()),
          step.before().map(hops::of).orElse(null),
          step.after().map(hops::of).orElse(null),
          PlaceView.number(step.asnBefore()),
          PlaceView.number(step.asnAfter()),
          Millis.of(step.rttNanosDifference()));
    }
  }
}
