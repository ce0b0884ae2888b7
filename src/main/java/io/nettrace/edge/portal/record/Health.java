package io.nettrace.edge.portal.record;

import io.nettrace.sample.LastHour;
import io.nettrace.sample.Standing;
import java.util.Optional;

/**
 * How a target is, in a word that people understand.
 *
 * @param word what is shown
 * @param mood class of its mark
 * @param why one more sentence; empty when the word says it all
 */
record Health(String word, String mood, String why) {
  /** Less loss than this over an hour is not worth a warning. */
  private static final double LOSSY = 0.02;

  static Health of(Optional<Standing> standing) {
    if (standing.isEmpty()) {
      return new Health("Waiting", "", "The first measurement is on its way.");
    }
    Standing known = standing.get();
    return switch (known.reachability()) {
      case UNRESOLVED ->
          new Health(
              "No address",
              "bad",
              known
                  .unresolved()
                  .map(Standing.Unresolved::reason)
                  .orElse("Its name has no address."));
      case UNREACHABLE ->
          new Health("No answer", "bad", "None of the newest burst's probes was answered.");
      case NOT_MEASURED ->
          new Health("Not measured", "", known.reason().orElse("Our own line is at fault."));
      case UNKNOWN -> new Health("Waiting", "", "The first measurement is on its way.");
      case REACHABLE -> reachable(known);
    };
  }

  private static Health reachable(Standing known) {
    if (known.stale()) {
      return new Health("Stale", "warn", "The newest measurement is older than it should be.");
    }
    double loss = known.lastHour().flatMap(LastHour::lossRatio).orElse(0.0);
    return loss >= LOSSY
        ? new Health("Lossy", "warn", "Probes were lost in the last hour.")
        : new Health("Answers", "good", "");
  }
}
