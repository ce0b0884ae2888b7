package io.nettrace.sample;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order in which measurements enter a record, which is what a poller goes by.
 *
 * <p>Each vantage point has a row, which the transaction that stores its measurements locks and
 * moves on: its {@code known_at} is later than any before, whatever the clocks of nodes say, and
 * none is given before the last one's rows are committed. So a reader that sees {@code known_until}
 * also sees every row up to it, and what comes later has a later time.
 *
 * <p>Tables are ordered by when a measurement began. Most arrive within seconds; which arrived
 * later is noted, so that a reader knows how far back it has to look. Nodes of a release before
 * this note nothing: for what became known until a day after the upgrade, from the places that
 * there were and from new ones, a reader looks back as far as there can be anything.
 */
final class Arrivals {
  /** What arrives later than this after it began is noted. */
  private static final Duration PUNCTUAL = Duration.ofMinutes(5);

  /** No measurement was ever accepted later than this after it began. */
  private static final Duration LATEST = Duration.ofDays(31);

  private static final Sql MOVE_ON =
      Sql.of(
          """
          insert into arrivals as a (vantage_point, noted_since, known_until)
          values
            (:vantage_point, greatest(:now, (select max(noted_since) from arrivals)), :now)
          on conflict (vantage_point) do update set
            known_until = greatest(a.known_until + interval '1 microsecond', excluded.known_until)
          returning known_until
          """);
  private static final Sql NOTE =
      Sql.of(
          """
          insert into late_arrivals (vantage_point, known_at, measured_from)
          values (:vantage_point, :known_at, :measured_from)
          """);
  private static final Sql KNOWN =
      Sql.of("select noted_since, known_until from arrivals where vantage_point = :vantage_point");
  private static final Sql MEASURED_FROM =
      Sql.of(
          """
          select min(measured_from) as oldest from late_arrivals
          where vantage_point = :vantage_point and known_at > :after and known_at <= :until
          """);
  private static final Sql FORGET = Sql.of("delete from late_arrivals where known_at < :before");

  private Arrivals() {}

  /** How far a vantage point's record is known, and since when late arrivals are noted. */
  record Known(Instant notedSince, Instant until) {}

  /** Moves on by one arrival of measurements, and returns the moment at which they are known. */
  static Instant enter(
      Connection transaction, String vantagePoint, Instant now, Stream<Instant> measured)
      throws SQLException {
    Instant knownAt =
        MOVE_ON
            .bind("vantage_point", vantagePoint)
            .bind("now", now)
            .first(transaction, row -> Columns.time(row, "known_until"))
            .orElseThrow(() -> new IllegalStateException("an upsert returns its row"));
    Optional<Instant> late =
        measured
            .min(Comparator.naturalOrder())
            .filter(oldest -> oldest.isBefore(knownAt.minus(PUNCTUAL)));
    if (late.isPresent()) {
      NOTE.bind("vantage_point", vantagePoint)
          .bind("known_at", knownAt)
          .bind("measured_from", late.get())
          .update(transaction);
    }
    return knownAt;
  }

  /** Empty when nothing was ever measured from there. */
  static Optional<Known> known(Connection connection, String vantagePoint) throws SQLException {
    return KNOWN
        .bind("vantage_point", vantagePoint)
        .first(
            connection,
            row -> new Known(Columns.time(row, "noted_since"), Columns.time(row, "known_until")));
  }

  /** When the first began of what became known after {@code after} and until {@code until}. */
  static Instant measuredFrom(
      Connection connection, String vantagePoint, Known known, Instant after, Instant until)
      throws SQLException {
    if (after.isBefore(known.notedSince())) {
      return after.minus(LATEST);
    }
    Instant punctual = after.minus(PUNCTUAL);
    return MEASURED_FROM
        .bind("vantage_point", vantagePoint)
        .bind("after", after)
        .bind("until", until)
        .first(connection, row -> Columns.optionalTime(row, "oldest"))
        .flatMap(oldest -> oldest)
        .filter(oldest -> oldest.isBefore(punctual))
        .orElse(punctual);
  }

  /** Forgets late arrivals of measurements that are not kept any more. */
  static int forget(Connection transaction, Instant before) throws SQLException {
    return FORGET.bind("before", before).update(transaction);
  }
}
