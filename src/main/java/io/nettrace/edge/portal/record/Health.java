package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Deviating;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Standing;
import io.nettrace.signal.Suspicion;
import java.util.Optional;
import java.util.Set;

/**
 * How a target is, in a word that people understand.
 *
 * @param word what is shown
 * @param mood class of its mark: good, changed, checked, slow, warn, bad, unseen, or nothing
 * @param why one more sentence; empty when the word says it all
 */
record Health(String word, String mood, String why) {
  /** Moods of targets whose newest burst was answered and lost nothing to speak of. */
  static final Set<String> ANSWERING = Set.of("good", "changed", "checked", "slow");

  /** Moods that want attention. */
  static final Set<String> TROUBLED = Set.of("bad", "warn", "slow");

  /** Mood of targets that are not measured from the vantage point at present. */
  static final String UNSEEN = "unseen";

  /** Less loss than this over an hour is not worth a warning. */
  private static final double LOSSY = 0.02;

  static Health of(Optional<Standing> standing, Optional<Suspicion> suspicion) {
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
          new Health(
              "No answer",
              "bad",
              "None of the newest burst's probes was answered%s."
                  .formatted(known.burst().map(Health::refusals).orElse("")));
      case NOT_MEASURED ->
          new Health(
              "Not measured",
              UNSEEN,
              known
                  .reason()
                  .map(reason -> DisplayFormat.sentence(reason) + ".")
                  .orElse("Our own line is at fault."));
      case UNKNOWN -> new Health("Waiting", "", "The first measurement is on its way.");
      case REACHABLE -> reachable(known, suspicion);
    };
  }

  /** Silence needs no words. */
  private static String refusals(BurstSample burst) {
    return burst.losses().isEmpty() ? "" : ": " + Lost.reasons(burst);
  }

  private static Health reachable(Standing known, Optional<Suspicion> suspicion) {
    if (known.stale()) {
      return new Health("Stale", "warn", "The newest measurement is older than it should be.");
    }
    Optional<Deviating> open = deviating(known);
    if (open.isPresent()) {
      return suspicion
          .filter(_ -> open.get().kind() != Deviating.Kind.LOSS)
          .map(Health::checked)
          .orElseGet(() -> deviating(open.get()));
    }
    double loss = known.lastHour().flatMap(LastHour::lossRatio).orElse(0.0);
    if (loss >= LOSSY) {
      return new Health("Lossy", "warn", "Probes were lost in the last hour.");
    }
    if (suspicion.isPresent()) {
      return checked(suspicion.get());
    }
    return known
        .deviation()
        .filter(settled -> keepsTo(settled, known.burst()))
        .map(
            settled ->
                new Health(
                    "New level",
                    "changed",
                    "Since %s the median delay is %s ms instead of %s ms."
                        .formatted(
                            DisplayFormat.minute(settled.since()),
                            DisplayFormat.millis(settled.rttNanosSeen()),
                            DisplayFormat.millis(settled.rttNanosBaseline()))))
        .orElse(new Health("Answers", "good", ""));
  }

  /**
   * How the target is unlike its recent past; empty also when it has been so for so long that it is
   * usual by now, which is no trouble.
   */
  static Optional<Deviating> deviating(Standing known) {
    return known.deviation().filter(one -> !one.settled());
  }

  /** Whether the newest delay is nearer to the level that settled than to the one before it. */
  private static boolean keepsTo(Deviating settled, Optional<BurstSample> burst) {
    Optional<DelaySummary> now = burst.flatMap(BurstSample::delays);
    if (now.isEmpty() || settled.rttNanosSeen().isEmpty() || settled.rttNanosBaseline().isEmpty()) {
      return false;
    }
    long delay = now.get().p50Nanos();
    return Math.abs(delay - settled.rttNanosSeen().getAsLong())
        < Math.abs(delay - settled.rttNanosBaseline().getAsLong());
  }

  /** After a change it is not known at once whether it stays so. */
  private static Health checked(Suspicion newest) {
    String seen = DisplayFormat.millis(newest.seenNanos());
    String usual = DisplayFormat.millis(newest.baselineNanos());
    return new Health(
        "Being checked",
        "checked",
        switch (newest.kind()) {
          case RISE, FALL ->
              "The newest burst took %s ms instead of %s ms; the next ones decide."
                  .formatted(seen, usual);
          case RETURN ->
              "The newest burst took %s ms, near the %s ms of before; the next ones decide."
                  .formatted(seen, usual);
        });
  }

  private static Health deviating(Deviating now) {
    return switch (now.kind()) {
      case LOSS ->
          new Health(
              "Lossy",
              "warn",
              "%s %% of the probes are lost instead of %s %%."
                  .formatted(
                      DisplayFormat.percent(now.lossRatioSeen().orElse(0)),
                      DisplayFormat.percent(now.lossRatioBaseline().orElse(0))));
      case DELAY_RISE -> new Health("Slower", "slow", delays(now));
      case DELAY_FALL -> new Health("Faster", "changed", delays(now));
    };
  }

  private static String delays(Deviating now) {
    return "The median delay is %s ms instead of %s ms."
        .formatted(
            DisplayFormat.millis(now.rttNanosSeen()), DisplayFormat.millis(now.rttNanosBaseline()));
  }

  /** How grave it is, the gravest first. */
  int rank() {
    return switch (mood) {
      case "bad" -> 0;
      case "slow" -> 1;
      case "warn" -> 2;
      case "changed" -> 4;
      case "good" -> 5;
      default -> 3;
    };
  }
}
