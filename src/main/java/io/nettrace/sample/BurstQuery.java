package io.nettrace.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A question for bursts of some series, from {@code from} until before {@code to}, as they were
 * known at {@code asOf}; the newest revisions only.
 *
 * @param after only what stands behind this row in the order of time and series number
 * @param limit most rows; 0 for all
 * @param retracted also revisions that say that there is no such measurement
 */
record BurstQuery(
    Collection<Integer> series,
    Instant from,
    Instant to,
    Optional<Instant> asOf,
    Optional<After> after,
    int limit,
    boolean retracted) {
  private static final long NANOS_PER_MICRO = 1_000;

  /** Where a page ended. */
  record After(Instant observedAt, int series) {}

  static BurstQuery all(Collection<Integer> series, Instant from, Instant to) {
    return new BurstQuery(series, from, to, Optional.empty(), Optional.empty(), 0, false);
  }

  BurstQuery within(Instant start, Instant end) {
    return new BurstQuery(series, start, end, asOf, after, limit, retracted);
  }

  BurstQuery limit(int rows) {
    return new BurstQuery(series, from, to, asOf, after, rows, retracted);
  }

  /** Numbers and times only, so nothing in it needs escaping; COPY takes no parameters. */
  String sql() {
    StringBuilder sql = new StringBuilder(where(series(series)));
    after.ifPresent(
        last ->
            sql.append(
                " and (observed_at, series) > (%s, %d)"
                    .formatted(literal(last.observedAt()), last.series())));
    sql.append(" order by observed_at").append(series.size() == 1 ? "" : ", series");
    return limit == 0 ? sql.toString() : sql.append(" limit ").append(limit).toString();
  }

  /** The query for the bursts whose series is {@code equal}, in no order. */
  String where(String equal) {
    return "select "
        + BurstWriter.COLUMNS
        + " from bursts b where series = "
        + equal
        + " and observed_at >= "
        + notBefore(from)
        + " and observed_at < "
        + notBefore(to)
        + asOf.map(time -> " and known_at <= " + literal(time)).orElse("")
        + (retracted ? "" : " and not retracted")
        + notSuperseded();
  }

  /** One series is asked for by equality, for which the index is in order of time. */
  private static String series(Collection<Integer> series) {
    return series.size() == 1
        ? series.iterator().next().toString()
        : series.stream().map(Object::toString).collect(Collectors.joining(",", "any ('{", "}')"));
  }

  private String notSuperseded() {
    return " and not exists (select from corrections c where c.series = b.series"
        + " and c.observed_at = b.observed_at and c.revision > b.revision"
        + asOf.map(time -> " and c.known_at <= " + literal(time)).orElse("")
        + ")";
  }

  static String literal(Instant time) {
    return "'" + time.truncatedTo(ChronoUnit.MICROS) + "'::timestamptz";
  }

  /** The record counts microseconds. */
  private static String notBefore(Instant time) {
    return literal(time.plusNanos(NANOS_PER_MICRO - 1));
  }
}
