package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.platform.time.TimeText;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Standing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A target in a table, in words and figures as they are shown; the live feed sends the same ones.
 *
 * @param mood class of the state's mark: good, changed, slow, warn, bad, or nothing
 * @param why more about the state, for a title
 * @param now median delay of the newest burst in milliseconds; a dash when there is none
 * @param scale class that colours {@code now}
 * @param line the last hour's medians as an SVG path
 * @param gaps where nothing answered, as an SVG path
 * @param at when the newest burst began; nothing before the first
 * @param old whether its figures are not of now, but of {@code at}
 * @param deviating whether the newest bursts are unlike the recent past
 * @param delayNanos {@code now} as it was measured; nothing when there is none
 */
public record Row(
    String id,
    String state,
    String mood,
    String why,
    String now,
    String scale,
    String p50,
    String p99,
    String loss,
    String line,
    String gaps,
    @Nullable String at,
    boolean old,
    boolean deviating,
    @Nullable Long delayNanos) {

  static Row of(ShownTargetState target) {
    OptionalLong now = target.delayNow();
    Optional<LastHour> hour = target.standing().flatMap(Standing::lastHour);
    Spark spark = Spark.of(hour.map(LastHour::course).orElse(List.of()));
    Health health = target.health();
    return new Row(
        target.id(),
        health.word(),
        health.mood(),
        health.why(),
        DisplayFormat.millis(now),
        DisplayFormat.scale(now),
        DisplayFormat.millis(hour.map(LastHour::p50Nanos).orElse(OptionalLong.empty())),
        DisplayFormat.millis(hour.map(LastHour::p99Nanos).orElse(OptionalLong.empty())),
        hour.flatMap(LastHour::lossRatio).map(DisplayFormat::percent).orElse(DisplayFormat.NOTHING),
        spark.line(),
        spark.gaps(),
        target
            .standing()
            .flatMap(Standing::burst)
            .map(burst -> TimeText.write(burst.observedAt()))
            .orElse(null),
        target.aged().isPresent(),
        target.standing().flatMap(Health::deviating).isPresent(),
        now.isPresent() ? (Long) now.getAsLong() : null);
  }
}
