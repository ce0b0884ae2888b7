package io.nettrace.edge.portal.record;

import io.nettrace.edge.portal.Shown;
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
 */
public record Totals(
    long answering, long troubled, long deviating, String middle, @Nullable String newest) {

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
        delays.length == 0 ? Shown.NOTHING : Shown.millis(delays[(delays.length - 1) / 2]),
        rows.stream()
            .map(Row::at)
            .filter(Objects::nonNull)
            .map(Instant::parse)
            .max(Instant::compareTo)
            .map(Instant::toString)
            .orElse(null));
  }

  /** When the newest burst of all began; empty before the first. */
  public Optional<Instant> newestAt() {
    return Optional.ofNullable(newest).map(Instant::parse);
  }

  private static long count(Collection<Row> rows, Set<String> moods) {
    return rows.stream().map(Row::mood).filter(moods::contains).count();
  }
}
