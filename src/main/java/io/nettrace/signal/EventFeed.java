package io.nettrace.signal;

import io.nettrace.platform.Columns;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.route.EventsRecorded;
import io.nettrace.sample.Records;
import io.nettrace.scan.DeliveryStored;
import io.nettrace.scan.RecordOf;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Publishes events: gives each, after its commit, the time that its readers go on from.
 *
 * <p>Transactions that record events commit in any order, so that neither the time at which they
 * began nor a sequence says what a reader has seen already. Publishing runs in single file, under
 * the lock of the only row of {@code published_until}, and gives what is committed by then a time
 * later than any before. So whatever a reader finds up to a published time is all there will ever
 * be up to it. A reader publishes first: an event whose node died after its commit waits for the
 * next reader at most.
 */
@Service
public class EventFeed {
  private static final Logger LOG = System.getLogger(EventFeed.class.getName());

  private static final Sql ADVANCE =
      Sql.of(
          """
          update published_until
          set at = greatest(at + interval '1 microsecond', clock_timestamp())
          returning at
          """);
  private static final Sql REACHED = Sql.of("update published_until set at = :at");

  private static final Sql EDGE_MOVES =
      publish("edge_moves", "target_id", "vantage_point", "observed_at");
  private static final Sql DEVIATIONS =
      publish("deviations", "target_id", "vantage_point", "opened_at", "method", "address", "kind");
  private static final Sql ROUTE_CHANGES =
      publish("route_changes", "target_id", "vantage_point", "observed_at", "method", "address");
  private static final Sql VANTAGE_FAULTS =
      publish("platform.vantage_faults", "vantage_point", "kind", "began_at", "spool");

  private final Records records;

  @Inject
  public EventFeed(Records records) {
    this.records = records;
  }

  /**
   * Numbers the events of a table that are not published, the earliest known first.
   *
   * @param key what the table's primary key consists of
   */
  private static Sql publish(String table, String... key) {
    return Sql.of(
        """
        update %1$s e set published_at = :end::timestamptz + n.place * interval '1 microsecond'
        from (
          select %2$s, row_number() over (order by known_at, %2$s) as place
          from %1$s where published_at is null) n
        where e.published_at is null and (%3$s) = (%4$s)
        """
            .formatted(table, String.join(", ", key), qualified("e", key), qualified("n", key)));
  }

  private static String qualified(String alias, String... columns) {
    return Arrays.stream(columns)
        .map(column -> alias + "." + column)
        .collect(Collectors.joining(", "));
  }

  private static List<Sql> publications(RecordOf whose) {
    return switch (whose) {
      case RecordOf.Catalogue _ -> List.of(EDGE_MOVES, DEVIATIONS, ROUTE_CHANGES, VANTAGE_FAULTS);
      case RecordOf.Own _ -> List.of(EDGE_MOVES, ROUTE_CHANGES);
    };
  }

  /** Publishes what is committed, and returns the moment up to which nothing can come any more. */
  public Instant publish(RecordOf whose) {
    return records.transaction(whose, tx -> publish(tx.connection(), publications(whose)));
  }

  private static Instant publish(Connection transaction, List<Sql> publications)
      throws SQLException {
    Instant begun =
        ADVANCE
            .first(transaction, row -> Columns.time(row, "at"))
            .orElseThrow(() -> new IllegalStateException("published_until has no row"));
    Instant end = begun;
    for (Sql publication : publications) {
      end = end.plus(publication.bind("end", end).update(transaction), ChronoUnit.MICROS);
    }
    if (end.isAfter(begun)) {
      REACHED.bind("at", end).update(transaction);
    }
    return end;
  }

  void recorded(@Observes EventsRecorded events) {
    attempt(events.whose());
  }

  void stored(@Observes DeliveryStored delivery) {
    if (delivery.faultsTold()) {
      attempt(RecordOf.CATALOGUE);
    }
  }

  /** Soon, so that events tell when they could be read; the next reader makes it good. */
  private void attempt(RecordOf whose) {
    try {
      Instant _ = publish(whose);
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "events are published by their next reader: {0}", e.getMessage());
    }
  }
}
