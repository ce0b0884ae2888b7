package io.nettrace.signal;

import io.nettrace.platform.Columns;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.route.EventsRecorded;
import io.nettrace.sample.Records;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.ScanCompleted;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

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

  private static final String ADVANCE =
      """
      update published_until set at = greatest(at + interval '1 microsecond', clock_timestamp())
      returning at
      """;
  private static final String REACHED = "update published_until set at = ?";

  private final Records records;

  /** A table of events and what its primary key consists of. */
  private record Table(String name, List<String> key) {
    private static final Table EDGE_MOVES =
        new Table("edge_moves", List.of("target_id", "vantage_point", "observed_at"));
    private static final Table ROUTE_CHANGES =
        new Table(
            "route_changes",
            List.of("target_id", "vantage_point", "observed_at", "method", "address"));
    private static final Table DEVIATIONS =
        new Table(
            "deviations",
            List.of("target_id", "vantage_point", "opened_at", "method", "address", "kind"));

    private static final Table VANTAGE_FAULTS =
        new Table("platform.vantage_faults", List.of("vantage_point", "kind", "began_at", "spool"));

    static List<Table> of(RecordOf whose) {
      return switch (whose) {
        case RecordOf.Catalogue _ -> List.of(EDGE_MOVES, DEVIATIONS, ROUTE_CHANGES, VANTAGE_FAULTS);
        case RecordOf.Own _ -> List.of(EDGE_MOVES, ROUTE_CHANGES);
      };
    }

    /** Numbers what is not published, the earliest known first. */
    String publish() {
      String columns = String.join(", ", key);
      return """
      update %1$s e set published_at = ?::timestamptz + n.place * interval '1 microsecond'
      from (
        select %2$s, row_number() over (order by known_at, %2$s) as place
        from %1$s where published_at is null) n
      where e.published_at is null and (%3$s) = (%4$s)
      """
          .formatted(name, columns, qualified("e"), qualified("n"));
    }

    private String qualified(String alias) {
      return String.join(", ", key.stream().map(column -> alias + "." + column).toList());
    }
  }

  @Inject
  public EventFeed(Records records) {
    this.records = records;
  }

  /** Publishes what is committed, and returns the moment up to which nothing can come any more. */
  public Instant publish(RecordOf whose) {
    return records.transaction(whose, tx -> publish(tx.connection(), Table.of(whose)));
  }

  private static Instant publish(Connection transaction, List<Table> tables) throws SQLException {
    Instant begun =
        Sql.of(ADVANCE)
            .first(transaction, row -> Columns.time(row, "at"))
            .orElseThrow(() -> new IllegalStateException("published_until has no row"));
    Instant end = begun;
    for (Table table : tables) {
      end = end.plus(Sql.of(table.publish(), end).update(transaction), ChronoUnit.MICROS);
    }
    if (end.isAfter(begun)) {
      Sql.of(REACHED, end).update(transaction);
    }
    return end;
  }

  void recorded(@Observes EventsRecorded events) {
    attempt(events.whose());
  }

  void opened(@Observes DeviationOpened deviation) {
    attempt(RecordOf.CATALOGUE);
  }

  void completed(@Observes ScanCompleted scan) {
    if (scan.faultsTold()) {
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
