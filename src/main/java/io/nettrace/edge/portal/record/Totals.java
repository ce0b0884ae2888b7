package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.DisplayFormat;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums over all rows of a table, as pages show them and the live feed sends them.
 *
 * @param deviating how many deviate from their recent past
 * @param middle median of the newest medians in milliseconds; a dash when there is none
 * @param newest when the newest burst of all began
 * @param unseen whether none of the targets is measured at present, so that nothing can be counted
 */
public record Totals(
    long answering,
    long troubled,
    long deviating,
    String middle,
    @Nullable String newest,
    boolean unseen) {

  static Totals of(Collection<Row> rows) {
    long[] delays =
        rows.stream()
            .map(Row::delayNanos)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return new Totals(
        count(rows, Health.ANSWERING),
        count(rows, Health.TROUBLED),
        rows.stream().filter(Row::deviating).count(),
        delays.length == 0
            ? DisplayFormat.NOTHING
            : DisplayFormat.millis(delays[(delays.length - 1) / 2]),
        rows.stream()
            .map(Row::at)
            .filter(Objects::nonNull)
            .map(Instant::parse)
            .max(Instant::compareTo)
            .map(Instant::toString)
            .orElse(null),
        !rows.isEmpty() && count(rows, Set.of(Health.UNSEEN)) == rows.size());
  }

  /** When the newest burst of all began; empty before the first. */
  public Optional<Instant> newestAt() {
    return Optional.ofNullable(newest).map(Instant::parse);
  }

  public String answeringText() {
    return text(answering);
  }

  public String troubledText() {
    return text(troubled);
  }

  public String deviatingText() {
    return text(deviating);
  }

  private String text(long count) {
    return unseen ? DisplayFormat.NOTHING : Long.toString(count);
  }

  private static long count(Collection<Row> rows, Set<String> moods) {
    return rows.stream().map(Row::mood).filter(moods::contains).count();
  }
}
