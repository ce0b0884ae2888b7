package io.nettrace.signal;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes deviations. Everything here may be done twice, by several nodes, in any order. */
final class DeviationStore {
  private static final int MOST_OPEN = 10_000;
  private static final Actor JUDGE = new Actor.System("deviations");

  /** Not when one of the same kind is open, or was open at that time. */
  private static final Sql OPEN =
      Sql.of(
          """
          insert into catalog.deviations
            (opened_at, target_id, vantage_point, target_host, simulated, method, address, kind,
             known_at, rtt_baseline, rtt_spread, rtt_seen, loss_baseline, loss_seen, effect_size,
             past_bursts, deviating, judged)
          select :opened_at, :target_id, :vantage_point, :target_host, :simulated, :method,
            :address::inet, :kind, :known_at, :rtt_baseline::bigint, :rtt_spread::bigint,
            :rtt_seen::bigint, :loss_baseline::float8, :loss_seen::float8, :effect_size,
            :past_bursts, :deviating, :judged
          where not exists (
            select from catalog.deviations d
            where d.target_id = :target_id and d.vantage_point = :vantage_point
              and d.method = :method and d.address = :address::inet and d.kind = :kind
              and (d.closed_at is null or d.closed_at > :opened_at))
          on conflict do nothing
          """);

  private static final Sql CLOSE =
      Sql.of(
          """
          update catalog.deviations
          set closed_at = :closed_at, closed_known_at = :known_at, closing = :closing
          where target_id = :target_id and vantage_point = :vantage_point and method = :method
            and address = :address::inet and kind = :kind
            and closed_at is null and opened_at <= :closed_at
          """);

  /** Bounds what is read of the index by time of opening. */
  private static final Duration LONGEST_UNTIL_SETTLED = Duration.ofDays(1);

  private static final Sql OPEN_ONES = those("closed_at is null");

  private static final Sql OPEN_OF_SERIES =
      those(
          "target_id = :target_id and vantage_point = :vantage_point and method = :method"
              + " and address = :address::inet and closed_at is null");

  private static final Sql CURRENT =
      those(
          "closed_at is null"
              + " or (closing = 'SETTLED' and closed_at >= :since and opened_at >= :opened_since)");

  private final Database database;

  DeviationStore(Database database) {
    this.database = database;
  }

  private static Sql those(String condition) {
    return Sql.of(
        """
        select %s, %s as position_key from catalog.deviations where %s
        order by opened_at limit %d
        """
            .formatted(Deviations.EVENTS.columns(), Deviations.EVENTS.key(), condition, MOST_OPEN));
  }

  /** True when this call is what put it into the record. */
  boolean open(WatchedSeries key, String host, SeriesFinding.Opened opened, Instant now) {
    Sql insert =
        of(OPEN, key)
            .bind("kind", opened.kind())
            .bind("opened_at", opened.at())
            .bind("target_host", host)
            .bind("simulated", key.vantagePoint().simulated())
            .bind("known_at", now)
            .bind("rtt_baseline", opened.rttNanosBaseline())
            .bind("rtt_spread", opened.rttNanosSpread())
            .bind("rtt_seen", opened.rttNanosSeen())
            .bind("loss_baseline", opened.lossRatioBaseline())
            .bind("loss_seen", opened.lossRatioSeen())
            .bind("effect_size", opened.effectSize())
            .bind("past_bursts", opened.evidence().pastBursts())
            .bind("deviating", opened.evidence().deviating())
            .bind("judged", opened.evidence().judged());
    return once(insert, DeviationOpened.of(key, host, opened));
  }

  boolean close(WatchedSeries key, SeriesFinding.Closed closed, Instant now) {
    Sql update =
        of(CLOSE, key)
            .bind("kind", closed.kind())
            .bind("closed_at", closed.at())
            .bind("known_at", now)
            .bind("closing", closed.closing());
    return once(update, DeviationClosed.of(key, closed));
  }

  /** The event is published by the call that changed the record. */
  private boolean once(Sql change, DeviationEvent event) {
    return database.transaction(
        tx -> {
          boolean changed = change.update(tx.connection()) == 1;
          if (changed) {
            tx.publish(JUDGE, event);
          }
          return changed;
        });
  }

  /** Those that are open, the longest first. */
  List<Deviation> open() {
    return read(OPEN_ONES);
  }

  /** Those of one series that are open, the longest first. */
  List<Deviation> open(WatchedSeries key) {
    return read(of(OPEN_OF_SERIES, key));
  }

  /** Those that are open, and those whose new level settled after {@code since}. */
  List<Deviation> current(Instant since) {
    return read(
        CURRENT.bind("since", since).bind("opened_since", since.minus(LONGEST_UNTIL_SETTLED)));
  }

  private List<Deviation> read(Sql query) {
    return database.run(connection -> query.all(connection, Deviations::deviation));
  }

  /** A statement about the deviations of one series. */
  private static Sql of(Sql sql, WatchedSeries key) {
    return sql.bind("target_id", key.targetId())
        .bind("vantage_point", key.vantagePoint().name())
        .bind("method", key.method())
        .bind("address", key.address().getHostAddress());
  }
}
