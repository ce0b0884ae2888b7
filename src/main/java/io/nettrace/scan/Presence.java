package io.nettrace.scan;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * In which minutes the service and each vantage point were there. Some node notes it down twice a
 * minute; a minute that was not noted is one in which no node, or not the database, was there. A
 * minute in which a vantage point's own fault kept it from measuring is not one in which it was
 * there, though its scanners were. Tenants' own vantage points are no part of the service.
 */
@Service
public class Presence {
  /** The subject that is the service itself. */
  public static final String SERVICE = "service";

  /** Before the name of a subject that is a vantage point. */
  public static final String VANTAGE = "vantage:";

  private static final Duration EVERY = Duration.ofSeconds(20);
  private static final Duration KEPT = Duration.ofDays(62);

  private static final Sql NOTE =
      Sql.of(
          """
          insert into platform.presence (subject, minute)
          select 'service', date_trunc('minute', :now::timestamptz)
          union
          select 'vantage:' || vantage_point, date_trunc('minute', :now::timestamptz)
          from platform.scanners s join platform.vantage_points v on v.name = s.vantage_point
          where s.last_seen > :now::timestamptz - interval '1 minute' and v.tenant_id is null
          on conflict do nothing
          """);

  private static final Sql FORGET = Sql.of("delete from platform.presence where minute < :oldest");

  private static final Sql DAYS =
      Sql.of(
          """
          with away as (
            select distinct 'vantage:' || vantage_point as subject, minute
            from platform.vantage_faults, generate_series(
              date_trunc('minute', greatest(began_at, :start::timestamptz)),
              coalesce(ended_at, :now::timestamptz) - interval '1 microsecond',
              interval '1 minute') as minute
            where kind = :kind)
          select subject, date_trunc('day', minute, 'UTC') as day,
            count(*) filter (where away.minute is null) as minutes,
            min(min(minute)) over (partition by subject) as first_minute
          from platform.presence left join away using (subject, minute)
          where minute >= :start group by 1, 2 order by 1, 2
          """);

  private final Database database;
  private final Clock clock;

  /**
   * How many minutes of a day it was there.
   *
   * @param first the first minute on record of this subject in the range that was asked for
   */
  public record Day(String subject, LocalDate day, int minutes, Instant first) {}

  @Inject
  Presence(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    chores.every(EVERY, "noting who is there", this::note);
  }

  void note() {
    Instant now = clock.instant();
    database.run(
        connection ->
            NOTE.bind("now", now).update(connection)
                + FORGET.bind("oldest", now.minus(KEPT)).update(connection));
  }

  /** The last {@code days} days of UTC, today included, of every subject, the oldest first. */
  public List<Day> days(int days) {
    Instant now = clock.instant();
    Instant start = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
    return database.run(
        connection ->
            DAYS.bind("start", start)
                .bind("now", now)
                .bind("kind", VantageFaults.HIDING)
                .all(
                    connection,
                    row ->
                        new Day(
                            row.getString("subject"),
                            LocalDate.ofInstant(Columns.time(row, "day"), ZoneOffset.UTC),
                            row.getInt("minutes"),
                            Columns.time(row, "first_minute"))));
  }
}
